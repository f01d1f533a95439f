#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "import/byte_stream.h"

namespace lutra {

/// Lines of a text, without their ends (LF or CRLF) and without the byte order mark of UTF-8.
class LineReader {
 public:
  /// Reads `block_bytes` at a time.
  LineReader(std::unique_ptr<ByteStream> stream, std::string where, std::size_t block_bytes = 1 << 18);

  /// False at the end. The view lives until the next call. Error on a NUL byte and on a line of more than 32 MiB.
  bool next(std::string_view& line);

  /// Number of the line last read, from 1.
  std::uint64_t number() const { return number_; }

 private:
  bool refill();

  std::unique_ptr<ByteStream> stream_;
  std::string where_;
  std::size_t block_bytes_;
  std::string buffer_;
  std::size_t at_ = 0;  // in buffer_
  bool ended_ = false;
  std::uint64_t number_ = 0;
};

/// Cuts a line into trimmed fields. Fields may stand in double quotes, "" inside them is one quote (RFC 4180). With the
/// separator ' ', any run of blanks separates. The views live as long as `line` and the object.
class FieldSplitter {
 public:
  explicit FieldSplitter(char separator) : separator_(separator) {}

  /// False when a quote is not closed on its line.
  bool split(std::string_view line);
  const std::vector<std::string_view>& fields() const { return fields_; }

 private:
  bool split_quoted(std::string_view line);

  char separator_;
  std::vector<std::string_view> fields_;
  std::vector<std::string> unquoted_;
};

/// A decimal number, "nan" or "inf" included; false when the whole text is not one or it does not fit a double.
bool parse_real(std::string_view text, double& value);

}  // namespace lutra
