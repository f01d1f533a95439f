#include <charconv>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "import/array_layout.h"

namespace lutra {
namespace {

constexpr std::size_t max_header_bytes = 1 << 16;

/// The header is a Python dictionary, {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }, in any order of
/// keys. This reader knows just the tokens that can appear in it.
class HeaderText {
 public:
  HeaderText(std::string_view text, const std::string& where) : rest_(text), where_(where) {}

  ArrayLayout parse() {
    expect('{');
    while (!accept('}')) {
      const std::string key = string();
      expect(':');
      read_value(key);
      if (!accept(',') && peek() != '}') broken("a comma is missing");
    }
    if (peek() != '\0') broken("text follows the dictionary");
    if (!type_ || !order_ || !shape_) broken("descr, fortran_order or shape is missing");
    return {*type_, *shape_, *order_};
  }

 private:
  [[noreturn]] void broken(const std::string& why) const {
    throw Error(where_ + " has a malformed NumPy header", why, "Write it with numpy.save");
  }
  char peek() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n')) rest_.remove_prefix(1);
    return rest_.empty() ? '\0' : rest_[0];
  }
  bool accept(char c) {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) broken(std::string("\"") + c + "\" is missing");
  }

  void read_value(const std::string& key) {
    if (key == "descr" && !type_) {
      if (peek() == '[') throw Error(where_ + " is a structured array", "", "Save each field as an array of its own");
      type_ = parse_numpy_type(string(), where_);
    } else if (key == "fortran_order" && !order_) {
      order_ = boolean();
    } else if (key == "shape" && !shape_) {
      shape_ = tuple();
    } else {
      broken("the key \"" + key + "\" is unknown or there twice");
    }
  }
  std::string string() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') broken("a name in quotes is missing");
    const std::size_t end = rest_.find(quote, 1);
    if (end == std::string_view::npos || end > 64) broken("a quote is not closed");
    std::string text(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return text;
  }
  bool boolean() {
    peek();
    const bool value = rest_.starts_with("True");
    if (!value && !rest_.starts_with("False")) broken("fortran_order is neither True nor False");
    rest_.remove_prefix(value ? 4 : 5);
    return value;
  }
  std::vector<std::uint64_t> tuple() {
    std::vector<std::uint64_t> values;
    expect('(');
    while (!accept(')')) {
      values.push_back(integer());
      if (!accept(',') && peek() != ')') broken("the shape is not a list of numbers");
    }
    return values;
  }
  std::uint64_t integer() {
    peek();
    std::uint64_t value = 0;
    const auto [end, code] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (code != std::errc()) broken("the shape holds something that is not a number from 0 to 2^64");
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  std::string_view rest_;
  const std::string& where_;
  std::optional<NumberType> type_;
  std::optional<bool> order_;
  std::optional<std::vector<std::uint64_t>> shape_;
};

}  // namespace

ArrayLayout read_npy_header(ByteStream& stream, const std::string& where) {
  std::string start(8, '\0');
  read_exactly(stream, start, where);
  if (!start.starts_with("\x93NUMPY")) throw Error(where + " is not a NumPy array", "", "Write it with numpy.save");
  if (start[6] < 1 || start[6] > 3)
    throw Error(where + " has NumPy format version " + std::to_string(start[6]), "1 to 3 are read", "");
  std::string length(start[6] == 1 ? 2 : 4, '\0');
  read_exactly(stream, length, where);
  std::size_t bytes = 0;
  for (std::size_t i = length.size(); i-- > 0;) bytes = bytes << 8 | static_cast<unsigned char>(length[i]);
  if (bytes > max_header_bytes)
    throw Error(where + " has a malformed NumPy header", std::to_string(bytes) + " bytes long, 65536 are possible", "");
  std::string text(bytes, '\0');
  read_exactly(stream, text, where);
  ArrayLayout layout = HeaderText(text, where).parse();
  check_shape(layout.shape, where);
  return layout;
}

}  // namespace lutra
