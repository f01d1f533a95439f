#pragma once
#include <filesystem>
#include <optional>

#include "event/dataset_file.h"

namespace lutra {

/// The data set that many stages read, in memory from the first of them that needs it on.
class SharedData {
 public:
  /// The same file every time.
  const Dataset& all(const std::filesystem::path& file) {
    if (!all_) all_ = read_dataset(file).data;
    return *all_;
  }
  const Dataset& test(const std::filesystem::path& file) {
    if (!test_) test_ = select(all(file), Split::test);
    return *test_;
  }

 private:
  std::optional<Dataset> all_, test_;
};

}  // namespace lutra
