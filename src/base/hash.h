#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lutra {

/// 64-bit XXH3 of a byte string: detects damage, not forgery.
std::uint64_t hash_bytes(std::string_view bytes);

/// The same, for data that comes in pieces.
class StreamHash {
 public:
  StreamHash();
  ~StreamHash();
  StreamHash(const StreamHash&) = delete;
  StreamHash& operator=(const StreamHash&) = delete;

  void add(const void* data, std::size_t bytes);
  std::uint64_t digest() const;

 private:
  void* state_;
};

/// 16 lower-case hexadecimal digits.
std::string hex(std::uint64_t value);

}  // namespace lutra
