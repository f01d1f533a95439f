#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lutra {

// What a foreign file may ask for is limited before memory is taken: any file below 64 MB is read or refused within
// 2 GB and 10 s. docs/formats.md lists the limits.

/// Something that a file may use only so much of: nodes, arrays, bytes. Each reader spends what it takes.
class Budget {
 public:
  /// `what` completes "more than N ...": "nodes", "bytes when unpacked".
  Budget(std::string what, std::uint64_t limit) : what_(std::move(what)), limit_(limit), left_(limit) {}

  /// Error when more than the limit is spent in all.
  void spend(std::uint64_t amount);

 private:
  std::string what_;
  std::uint64_t limit_, left_;
};

/// Product of all factors; nothing overflows. Error saying "more than `limit` `what`" when it is larger.
std::uint64_t product_within(std::span<const std::uint64_t> factors, std::uint64_t limit, const std::string& what);

/// Bytes that a compressed file of `file_bytes` may unpack to: 500 MB, and 256 more for each of its bytes beyond 64 MB.
std::uint64_t unpacked_limit(std::uint64_t file_bytes);

/// Error, without the file's name, when a JSON text is nested deeper than 200 levels, would take more than 512 MiB once
/// parsed, or has objects with so many keys that finding them takes long. Says nothing about whether it is JSON.
void check_json_budget(std::string_view text);

/// The same for a TOML text: keys of more than 16 dotted parts, and more than 200,000 values.
void check_toml_budget(std::string_view text);

}  // namespace lutra
