#include "event/dataset_file.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"
#include "event/dataset_fixture.test.h"

namespace lutra {
namespace {

TEST(DatasetFile, GivesBackWhatWasWrittenInEveryFormat) {
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

TEST(DatasetFile, MayBeEmpty) {
  const TemporaryFolder folder;
  write_dataset(folder / "d.h5", some_data(0), {});
  EXPECT_EQ(read_dataset(folder / "d.h5").data.size(), 0u);
}

TEST(DatasetFile, TheSameDataGiveTheSameBytes) {
  const TemporaryFolder folder;
  write_dataset(folder / "a.h5", some_data(5000), {});
  write_dataset(folder / "b.h5", some_data(5000), {});
  EXPECT_EQ(read_text(folder / "a.h5"), read_text(folder / "b.h5"));
}

/// However the events come, and wherever blocks of the file end.
TEST(DatasetFile, BlocksGiveTheBytesOfTheWhole) {
  const TemporaryFolder folder;
  Dataset data = some_data(3000);
  data.rows = 1, data.cols = 12;
  write_dataset(folder / "whole.h5", data, {});
  for (const std::size_t step : {1u, 7u, 2999u}) {
    DatasetReader reader(folder / "whole.h5");
    write_dataset(folder / "parts.h5", reader.layout(), {}, [&](DatasetWriter& writer) {
      for (Dataset part = reader.next(step); part.size() > 0; part = reader.next(step)) writer.append(part);
    });
    EXPECT_EQ(read_text(folder / "parts.h5"), read_text(folder / "whole.h5")) << step;
  }
}

/// Images so large that every block of the file holds few events.
TEST(DatasetFile, LargeImagesAreWrittenInManyBlocks) {
  const TemporaryFolder folder;
  Dataset data = some_data(5);
  data.rows = 1000, data.cols = 2000;
  data.inputs.assign(5 * data.input_size(), 0);
  for (std::size_t i = 0; i < data.inputs.size(); i += 999) data.inputs[i] = static_cast<std::int16_t>(i % 4);
  write_dataset(folder / "d.h5", data, {});
  expect_same(read_dataset(folder / "d.h5").data, data);
}

TEST(DatasetFile, IsReadInBlocks) {
  const TemporaryFolder folder;
  const Dataset data = some_data(100);
  write_dataset(folder / "d.h5", data, {{"a", 1}});
  DatasetReader reader(folder / "d.h5");
  EXPECT_EQ(reader.size(), 100u);
  EXPECT_EQ(reader.config(), Json({{"a", 1}}));
  reader.next(40);
  const Dataset rest = reader.next(1000);
  ASSERT_EQ(rest.size(), 60u);
  EXPECT_EQ(rest.window_start[0], data.window_start[40]);
  EXPECT_TRUE(std::ranges::equal(rest.input(59), data.input(99)));
  EXPECT_EQ(reader.next(10).size(), 0u);
}

TEST(DatasetFile, DamagedAndImpossibleFilesAreErrors) {
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
