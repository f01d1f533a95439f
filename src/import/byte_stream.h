#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace lutra {

/// Bytes that are read once, from front to back.
class ByteStream {
 public:
  virtual ~ByteStream() = default;

  /// Up to to.size() bytes, fewer only at the end. Error when the source is damaged or cannot be read.
  virtual std::size_t read(std::span<char> to) = 0;
};

/// A file; a gzip file is decompressed on the way. Error when it is missing, not a regular file or empty.
std::unique_ptr<ByteStream> open_bytes(const std::filesystem::path& path);

/// Fills `to`. Error naming `where` when the stream ends before.
void read_exactly(ByteStream& stream, std::span<char> to, const std::string& where);

/// True when nothing is left. Reads one byte when there is.
bool at_end(ByteStream& stream);

/// The first at most `count` bytes of a file, decompressed.
std::string first_bytes(const std::filesystem::path& path, std::size_t count);

}  // namespace lutra
