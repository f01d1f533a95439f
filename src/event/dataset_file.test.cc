#include "event/dataset_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"
#include "event/dataset_fixture.test.h"
#include "event/reseal.test.h"

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

/// Files whose arrays were written anew behind a valid seal.
class Resealed : public ::testing::Test {
 protected:
  using Change = std::function<void(const h5::Handle&)>;

  /// Copies everything but `without` of a good file, applies `change`, seals the result and reads it.
  std::string error(const std::vector<std::string>& without, const Change& change) const {
    write_dataset(folder / "good.h5", some_data(6), {});
    {
      const h5::Handle good = h5::open(folder / "good.h5"), bad = h5::create(folder / "bad.h5");
      for (const std::string name : {"header", "inputs", "truth", "window_start", "split", "column_phi"})
        if (std::ranges::find(without, name) == without.end())
          H5Ocopy(good.get(), name.c_str(), bad.get(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
      change(bad);
    }
    reseal(folder / "bad.h5", dataset_kind);
    try {
      read_dataset(folder / "bad.h5");
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  }

  /// One array with the right number of values in another shape.
  template <class T>
  std::string reshaped(const char* name, const std::vector<hsize_t>& shape) const {
    std::size_t size = 1;
    for (const hsize_t side : shape) size *= side;
    return error({name},
                 [&](const h5::Handle& file) { h5::write_array<T>(file, name, shape, std::vector<T>(size, 0)); });
  }

  TemporaryFolder folder;
};

TEST_F(Resealed, TheSameArraysAreRead) {
  EXPECT_EQ(error({}, [](const h5::Handle&) {}), "");
}

TEST_F(Resealed, ArraysOfTheRightProductInAnotherShapeAreErrors) {
  for (const std::vector<hsize_t>& shape : std::vector<std::vector<hsize_t>>{
           {12, 2, 3}, {6, 4, 3}, {6, 12}, {72}, {3, 6, 4}, {6, 3, 4, 1}, {1, 6, 3, 4}, {72, 1, 1}, {2, 3, 3, 4}})
    EXPECT_NE(reshaped<std::int8_t>("inputs", shape).find("wrong shape"), std::string::npos) << shape.size();
  for (const std::vector<hsize_t>& shape : std::vector<std::vector<hsize_t>>{{12}, {12, 1}, {2, 6}, {4, 3}, {6, 2, 1}})
    EXPECT_NE(reshaped<float>("truth", shape).find("wrong shape"), std::string::npos) << shape.size();
  for (const std::vector<hsize_t>& shape : std::vector<std::vector<hsize_t>>{{6, 1}, {1, 6}, {2, 3}, {5}, {7}, {}}) {
    EXPECT_NE(reshaped<std::int32_t>("window_start", shape).find("wrong shape"), std::string::npos) << shape.size();
    EXPECT_NE(reshaped<std::uint8_t>("split", shape).find("wrong shape"), std::string::npos) << shape.size();
    EXPECT_NE(reshaped<float>("column_phi", shape).find("wrong shape"), std::string::npos) << shape.size();
  }
}

TEST_F(Resealed, ArraysThatAreNoNumbersMissingOrElsewhereAreErrors) {
  EXPECT_NE(error({"truth"}, [](const h5::Handle&) {}), "");
  EXPECT_NE(error({"truth"}, [](const h5::Handle& file) { h5::write_text(file, "truth", "x"); }), "");
  const std::string outside = (folder / "good.h5").string();
  EXPECT_NE(error({"split"},
                  [&](const h5::Handle& file) {
                    H5Lcreate_external(outside.c_str(), "split", file.get(), "split", H5P_DEFAULT, H5P_DEFAULT);
                  })
                .find("no array \"split\""),
            std::string::npos);
}

/// A text of several elements would be read past its end.
TEST_F(Resealed, AHeaderOfSeveralTextsIsAnError) {
  const auto two_texts = [](const h5::Handle& file) {
    const h5::Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), 8);
    const hsize_t length = 1000;
    const h5::Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose);
    const h5::Handle data(
        H5Dcreate2(file.get(), "header", type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
  };
  EXPECT_NE(error({"header"}, two_texts).find("not a single text"), std::string::npos);
}

TEST_F(Resealed, HostileHeadersAreErrors) {
  const auto with_header = [&](const std::string& header) {
    return error({"header"}, [&](const h5::Handle& file) { h5::write_text(file, "header", header); });
  };
  EXPECT_NE(with_header(std::string(100'000, '[')).find("nested deeper"), std::string::npos);
  const Json good = {{"code", ""},    {"events", 6},        {"rows", 3},   {"cols", 4}, {"input_format", "u2.1"},
                     {"targets", {}}, {"columns", {"phi"}}, {"config", {}}};
  for (const auto& [key, value] : std::vector<std::pair<std::string, Json>>{{"rows", 1 << 15},
                                                                            {"cols", -4},
                                                                            {"events", std::uint64_t{1} << 63},
                                                                            {"events", -1},
                                                                            {"columns", {"../phi"}},
                                                                            {"columns", {"phi", "phi", ""}},
                                                                            {"input_format", "u40.0"}}) {
    Json bad = good;
    bad[key] = value;
    EXPECT_NE(with_header(bad.dump()), "") << bad;
  }
}

/// 2^32 events that take no room in the file.
TEST_F(Resealed, EmptyArraysOfManyRowsAreErrors) {
  const hsize_t rows = hsize_t{1} << 32;
  const auto huge = [&](const h5::Handle& file) {
    h5::write_text(file, "header",
                   R"({"code": "", "events": 4294967296, "rows": 1, "cols": 1, "input_format": "u1.0", "targets": [],
                       "columns": [], "config": {}})");
    const hsize_t sides[] = {rows, 1, 1}, chunk[] = {1 << 20, 1, 1};
    const h5::Handle space(H5Screate_simple(3, sides, nullptr), H5Sclose);
    const h5::Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_chunk(properties.get(), 3, chunk);
    const h5::Handle data(
        H5Dcreate2(file.get(), "inputs", H5T_STD_I8LE, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
        H5Dclose);
  };
  EXPECT_NE(error({"header", "inputs"}, huge).find("bytes once it is in memory"), std::string::npos);
}

}  // namespace
}  // namespace lutra
