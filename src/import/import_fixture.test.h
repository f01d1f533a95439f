#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/temporary.h"
#include "event/dataset_file.h"
#include "import/import.h"

namespace lutra {

struct Imported {
  Dataset data;
  ImportReport report;
  Json config;
};

/// Imports into a file and reads it.
inline Imported import_data(const ImportConfig& config, const std::vector<std::filesystem::path>& paths,
                            const Progress& progress) {
  const TemporaryFolder folder;
  ImportReport report = import_to_file(config, paths, folder / "data.h5", progress);
  DatasetFile file = read_dataset(folder / "data.h5");
  return {std::move(file.data), std::move(report), std::move(file.config)};
}

/// A folder of its own for each test.
class ImportTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  }

  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) /
      (std::string("lutra_") + testing::UnitTest::GetInstance()->current_test_info()->test_suite_name() + "_" +
       testing::UnitTest::GetInstance()->current_test_info()->name());
};

/// The message of the Error that `work` throws, without the test's folder; "" when it throws none.
template <class Work>
std::string message_of(const Work& work, const std::filesystem::path& folder = {}) {
  try {
    work();
  } catch (const Error& e) {
    std::string text = e.what();
    const std::string prefix = folder.string() + "/";
    for (auto at = text.find(prefix); prefix.size() > 1 && at != std::string::npos; at = text.find(prefix))
      text.erase(at, prefix.size());
    return text;
  }
  return "";
}

/// A .npy file: `shape` as Python writes it, such as "(3, 4)".
inline std::string npy(const std::string& type, const std::string& shape, const std::string& data,
                       bool fortran = false) {
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }";
  header.resize((header.size() + 11 + 63) / 64 * 64 - 10, ' ');
  header.back() = '\n';
  const auto size = static_cast<unsigned>(header.size());
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(size & 255) + static_cast<char>(size >> 8) + header +
         data;
}

/// The bytes of values as this (little-endian) machine holds them.
template <class T>
std::string bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

}  // namespace lutra
