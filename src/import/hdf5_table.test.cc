#include "event/h5.h"
#include "import/array_table.h"
#include "import/import_fixture.test.h"

namespace lutra {
namespace {

class Hdf5 : public ImportTest {
 protected:
  void make(const std::function<void(const h5::Handle&)>& fill) const {
    h5::Handle file = h5::create(path);
    fill(file);
    h5::close(std::move(file), path);
  }
  std::string error() const {
    return message_of([&] { import_data(config, {path}, no_progress); }, folder);
  }
  Hdf5() {
    config.inputs = "x";
    config.input_format = "s8.0";
    config.targets = {{"y", "", "", 0, 1}};
  }
  const std::filesystem::path path = folder / "t.h5";
  ImportConfig config;
};

const std::vector<float> four{1, 2, 3, 4};

TEST_F(Hdf5, ArraysInGroupsAreNamedByTheirPath) {
  make([](const h5::Handle& file) {
    const h5::Handle group(H5Gcreate2(file.get(), "run1", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    h5::write_array<float>(file, "run1/x", {2, 2}, four);
    h5::write_array<float>(file, "y", {2}, std::span(four).first(2));
    h5::write_text(file, "comment", "hello");
  });
  config.inputs = "run1/x";
  config.keep = "run1/x[1]";
  const Dataset data = import_data(config, {path}, no_progress).data;
  EXPECT_EQ(data.inputs, (std::vector<std::int16_t>{1, 2, 3, 4}));
  EXPECT_EQ(data.columns.at(0).name, "run1_x_1");
  EXPECT_EQ(open_hdf5(path)->arrays().size(), 2u);
}

TEST_F(Hdf5, WrongShapesAndTypesAreErrors) {
  make([](const h5::Handle& file) {
    h5::write_array<float>(file, "x", {4}, four);
    h5::write_array<float>(file, "y", {2, 2}, four);
    h5::write_array<float>(file, "z", {2}, std::span(four).first(2));
    h5::write_array<float>(file, "empty", {0}, {});
    const h5::Handle text(H5Tcopy(H5T_C_S1), H5Tclose);
    const hsize_t size = 4;
    const h5::Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
    const h5::Handle data(
        H5Dcreate2(file.get(), "text", text.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
  });
  config.targets[0].from = "z";
  EXPECT_NE(error().find("different numbers of rows (\"z\" has 2, \"x\" has 4)"), std::string::npos);
  config.targets[0].from = "text";
  EXPECT_NE(error().find("array \"text\" does not hold plain numbers"), std::string::npos);
  config.inputs = config.targets[0].from = "empty";
  EXPECT_NE(error().find("array \"empty\" is empty (0 rows)"), std::string::npos);
  config.inputs = "z";
  config.targets[0].from = "y";
  EXPECT_NE(error().find("target \"y\" selects 2 numbers per event (1 is needed)"), std::string::npos);
  config.targets[0].from = "y[2]";
  EXPECT_NE(error().find("\"y\" has only 2 elements"), std::string::npos);
  config.targets[0].from = "y[1]";
  EXPECT_EQ(import_data(config, {path}, no_progress).data.truth, (std::vector<float>{2, 4}));
}

TEST_F(Hdf5, TruncatedFilesAreErrors) {
  make([](const h5::Handle& file) {
    h5::write_array<float>(file, "x", {4}, four);
    h5::write_array<float>(file, "y", {4}, four);
  });
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  for (std::size_t size = 0; size < bytes.size(); size += 61) {
    write("t.h5", bytes.substr(0, size));
    EXPECT_NE(error(), "") << size;
  }
}

TEST_F(Hdf5, FilesWithoutArraysAndForeignFilesAreErrors) {
  make([](const h5::Handle&) {});
  EXPECT_NE(error().find("holds no arrays"), std::string::npos);
  write("t.h5", std::string("\x7f"
                            "ELF\x02\x01\0\0",
                            8));
  EXPECT_EQ(error(),
            "t.h5 is not a data file that can be read (its first bytes fit none of the formats). CSV, .npy, .npz, HDF5 "
            "and idx "
            "files are read.");
  EXPECT_EQ(message_of([&] { import_data(config, {}, no_progress); }),
            "import: there are no files. Give at least one.");
}

TEST_F(Hdf5, GroupsInsideEachOtherAreAnError) {
  make([](const h5::Handle& file) {
    std::vector<h5::Handle> groups;
    for (int i = 0; i < 40; ++i)
      groups.emplace_back(
          H5Gcreate2(i == 0 ? file.get() : groups.back().get(), "g", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    h5::write_array<float>(file, "x", {4}, four);
  });
  EXPECT_NE(error().find("deeper than 32 levels"), std::string::npos);
}

/// An array in chunks of which none is written.
void write_empty(const h5::Handle& file, const char* name, std::vector<hsize_t> shape, std::vector<hsize_t> chunk) {
  const h5::Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
  const h5::Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
  const h5::Handle data(
      H5Dcreate2(file.get(), name, H5T_STD_U8LE, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT), H5Dclose);
}

TEST_F(Hdf5, ArraysThatTakeNoRoomInTheFileAreErrors) {
  make([](const h5::Handle& file) { write_empty(file, "x", {hsize_t{1} << 32}, {1 << 20}); });
  EXPECT_NE(error().find("bytes in all arrays"), std::string::npos);
  make([](const h5::Handle& file) {
    write_empty(file, "x", {hsize_t{1} << 40, hsize_t{1} << 40}, {1 << 10, 1 << 10});
  });
  EXPECT_NE(error().find("bytes in an array"), std::string::npos);
}

/// Each would be unpacked again for every block of rows, or looked up one by one.
TEST_F(Hdf5, ChunksThatAreTooLargeOrTooManyAreErrors) {
  const auto opened = [&] { open_hdf5(path)->open({{0, nullptr}}); };
  make([](const h5::Handle& file) { write_empty(file, "x", {1 << 20, 400}, {1 << 20, 1}); });
  EXPECT_NE(message_of(opened).find("chunks of one row"), std::string::npos);
  make([](const h5::Handle& file) { write_empty(file, "x", {1 << 21, 100}, {1, 100}); });
  EXPECT_NE(message_of(opened).find("chunks in an array"), std::string::npos);
}

}  // namespace
}  // namespace lutra
