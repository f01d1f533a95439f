#include "validate/distribution.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(Distribution, RanksAreThoseOfTheSortedValues) {
  Distribution d(0, 10, 0.5);
  for (const double value : {3.0, 1.0, 2.0, 2.0, 7.5}) d.add(value);
  EXPECT_EQ(d.size(), 5u);
  const double sorted[] = {1, 2, 2, 3, 7.5};
  for (int rank = 0; rank < 5; ++rank) EXPECT_EQ(d.at_rank(rank), sorted[rank]);
  EXPECT_EQ(d.at_rank(-1), 1);
  EXPECT_EQ(d.at_rank(99), 7.5);
  EXPECT_EQ(d.quantile(0.5), 2);
}

TEST(Distribution, ValuesGoToTheNearestStepAndTheEnds) {
  Distribution d(-1, 1, 0.25);
  for (const double value : {-9.0, 0.1, 0.2, 9.0}) d.add(value);
  EXPECT_EQ(d.at_rank(0), -1);
  EXPECT_EQ(d.at_rank(1), 0);
  EXPECT_EQ(d.at_rank(2), 0.25);
  EXPECT_EQ(d.at_rank(3), 1);
}

}  // namespace
}  // namespace lutra
