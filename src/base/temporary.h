#pragma once
#include <filesystem>

namespace lutra {

/// A fresh, private folder in TMPDIR (or /tmp) that is removed with everything in it when this goes out of scope. Its
/// name carries its owner (base/owner.h): what a killed process left is removed when the next one makes a folder.
class TemporaryFolder {
 public:
  /// Error when it cannot be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Removes what killed processes left in TMPDIR; TemporaryFolder does so itself when the first one is made.
void sweep_temporary_folders();

}  // namespace lutra
