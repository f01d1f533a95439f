#include "event/dataset.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/random.h"
#include "base/temporary.h"

namespace lutra {
namespace {

Dataset some_data(std::size_t events, Format format = {2, 1, false}) {
  Dataset data;
  data.rows = 3;
  data.cols = 4;
  data.input_format = format;
  data.targets = {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0, 1, 0.01}};
  data.columns = {{"phi", {}}};
  for (std::size_t event = 0; event < events; ++event) {
    Random random(3, RandomStream::noise, event);
    for (int i = 0; i < 12; ++i)
      data.inputs.push_back(static_cast<std::int16_t>(
          format.min() + random.below(static_cast<std::uint32_t>(format.max() - format.min() + 1))));
    data.truth.push_back(static_cast<float>(random.uniform(0, 20)));
    data.truth.push_back(static_cast<float>(random.uniform()));
    data.window_start.push_back(static_cast<int>(random.below(352)));
    data.split.push_back(static_cast<Split>(event % 3));
    data.columns[0].values.push_back(static_cast<float>(random.uniform(-3, 3)));
  }
  return data;
}

void expect_same(const Dataset& a, const Dataset& b) {
  EXPECT_EQ(a.rows, b.rows);
  EXPECT_EQ(a.cols, b.cols);
  EXPECT_EQ(a.input_format, b.input_format);
  EXPECT_EQ(a.inputs, b.inputs);
  EXPECT_EQ(a.targets, b.targets);
  EXPECT_EQ(a.truth, b.truth);
  EXPECT_EQ(a.window_start, b.window_start);
  EXPECT_EQ(a.split, b.split);
  ASSERT_EQ(a.columns.size(), b.columns.size());
  for (std::size_t i = 0; i < a.columns.size(); ++i) EXPECT_EQ(a.columns[i].values, b.columns[i].values);
}

TEST(Dataset, GivesBackWhatWasWrittenInEveryFormat) {
  const TemporaryFolder folder;
  for (const Format format :
       {Format{1, 0, false}, Format{2, 1, false}, Format{8, 3, true}, Format{8, 0, false}, Format{16, 8, true}}) {
    const Dataset data = some_data(100, format);
    write_dataset(folder / "d.h5", data, {{"a", 1}});
    const DatasetFile file = read_dataset(folder / "d.h5");
    expect_same(file.data, data);
    EXPECT_EQ(file.config, Json({{"a", 1}}));
  }
}

TEST(Dataset, MayBeEmpty) {
  const TemporaryFolder folder;
  write_dataset(folder / "d.h5", some_data(0), {});
  EXPECT_EQ(read_dataset(folder / "d.h5").data.size(), 0u);
}

TEST(Dataset, TheSameDataGiveTheSameBytes) {
  const TemporaryFolder folder;
  write_dataset(folder / "a.h5", some_data(5000), {});
  write_dataset(folder / "b.h5", some_data(5000), {});
  EXPECT_EQ(read_text(folder / "a.h5"), read_text(folder / "b.h5"));
}

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

TEST(Dataset, DamagedAndImpossibleFilesAreErrors) {
  const TemporaryFolder folder;
  write_dataset(folder / "d.h5", some_data(10), {});
  std::string bytes = read_text(folder / "d.h5");
  bytes[bytes.size() / 2] ^= 1;
  write_text_atomically(folder / "bad.h5", bytes);
  EXPECT_THROW(read_dataset(folder / "bad.h5"), Error);
  EXPECT_THROW(read_dataset(folder / "none.h5"), Error);
  Dataset outside = some_data(10);
  outside.inputs[5] = 4;  // does not fit u2.1
  write_dataset(folder / "outside.h5", outside, {});
  EXPECT_THROW(read_dataset(folder / "outside.h5"), Error);
}

}  // namespace
}  // namespace lutra
