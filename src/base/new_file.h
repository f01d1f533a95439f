#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace lutra {

/// A file in the making: it is written under a random name beside its place and appears there when it is whole and on
/// disk. What lay there before stays until then, and for good when keep() is never called.
class NewFile {
 public:
  /// Makes the folder it lies in. When `path` is a link, the file it leads to is meant. Error when something that is
  /// not a regular file is there, such as a device, or when no file can be made.
  explicit NewFile(const std::filesystem::path& path);

  /// Removes what was not kept.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// As the caller named it, for messages.
  const std::filesystem::path& path() const { return path_; }

  /// Open for reading and writing, at its end.
  int descriptor() const { return descriptor_; }

  std::uint64_t size() const;

  /// Error when the disk is full or otherwise unusable.
  void append(std::string_view bytes);
  void write_at(std::uint64_t offset, std::string_view bytes);

  /// Cuts the file or fills it up with zeros.
  void resize(std::uint64_t bytes);

  /// Error when that many bytes are not there.
  void read_at(std::uint64_t offset, std::string& bytes) const;

  /// The file is whole: flushed to disk and put in its place. Error when the system cannot.
  void keep();

 private:
  std::filesystem::path path_, place_, temporary_;
  int descriptor_ = -1;
};

/// Temporary files beside their place are named so; of killed processes they are removed when the next file of the
/// folder is written.
inline constexpr const char* new_file_prefix = ".lutra-";

/// Writes a file so that it is either whole or not there: `write` fills it. Nothing stays when `write` throws.
void write_atomically(const std::filesystem::path& path, const std::function<void(NewFile&)>& write);

/// The same for text that is already in memory.
void write_text_atomically(const std::filesystem::path& path, std::string_view text);

/// Moves a file that is on disk to its place, under the rules of NewFile: links stay, only a regular file is replaced.
void move_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace lutra
