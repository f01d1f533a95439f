#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>

#include "base/temporary.h"
#include "import/byte_stream.h"

namespace lutra {

/// Bytes of a stream that are needed in another order: kept in a temporary file, not in memory.
class Spool {
 public:
  /// Takes up to `bytes` bytes of the stream; the file grows with what is really there. Error when there is no room.
  Spool(ByteStream& stream, std::uint64_t bytes);

  /// What the stream had, at most what was asked for.
  std::uint64_t size() const { return size_; }

  /// Bytes [at, at + to.size()), which must be there. Error when they cannot be read.
  void read(std::uint64_t at, std::span<char> to) const;

 private:
  TemporaryFolder folder_;
  std::filesystem::path path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::uint64_t size_ = 0;
};

}  // namespace lutra
