#include "event/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "event/dataset_fixture.test.h"

namespace lutra {
namespace {

TEST(Dataset, SelectsASplitInOrder) {
  const Dataset data = some_data(31);
  const Dataset part = select(data, Split::validation);
  ASSERT_EQ(part.size(), 10u);
  for (std::size_t i = 0; i < part.size(); ++i) {
    EXPECT_EQ(part.truth[2 * i], data.truth[2 * (3 * i + 1)]);
    EXPECT_TRUE(std::ranges::equal(part.input(i), data.input(3 * i + 1)));
    EXPECT_EQ(part.columns[0].values[i], data.columns[0].values[3 * i + 1]);
  }
  EXPECT_EQ(select(data, Split::train, 4).size(), 4u);
}

TEST(Dataset, FindsColumnsByName) {
  const Dataset data = some_data(2);
  EXPECT_EQ(find_column(data, "phi"), &data.columns[0]);
  EXPECT_EQ(find_column(data, "psi"), nullptr);
}

}  // namespace
}  // namespace lutra
