#pragma once
#include <filesystem>
#include <optional>

#include "event/dataset_file.h"

namespace lutra {

/// The data set that many stages read, in memory from the first of them that needs it on.
class SharedData {
 public:
  explicit SharedData(std::filesystem::path file) : file_(std::move(file)) {}

  const Dataset& all() {
    if (!all_) all_ = read_dataset(file_).data;
    return *all_;
  }
  const Dataset& test() {
    if (!test_) test_ = select(all(), Split::test);
    return *test_;
  }

 private:
  std::filesystem::path file_;
  std::optional<Dataset> all_, test_;
};

}  // namespace lutra
