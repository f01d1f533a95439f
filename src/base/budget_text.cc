#include <algorithm>
#include <string>
#include <vector>

#include "base/budget.h"
#include "base/error.h"

namespace lutra {
namespace {

// Bytes that nlohmann::ordered_json takes on a 64-bit machine, with what the allocator adds.
constexpr std::uint64_t value_bytes = 16, text_bytes = 48, container_bytes = 48, key_bytes = 48;
constexpr std::uint64_t max_json_bytes = std::uint64_t{1} << 29;
constexpr std::uint64_t max_key_comparisons = std::uint64_t{1} << 28;  // a key is sought among all before it
constexpr std::size_t max_json_depth = 200;

/// Walks over a JSON text: strings are stepped over, everything else counts.
class JsonScan {
 public:
  void run(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '"')
        at = skip_text(text, at);
      else
        count(text[at]);
    }
  }

 private:
  std::size_t skip_text(std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    while (++at < text.size() && text[at] != '"')
      if (text[at] == '\\') ++at;
    bytes_.spend(text_bytes + (at - begin));
    return at;
  }

  void count(char c) {
    if (c == '[' || c == '{') {
      if (keys_.size() == max_json_depth) throw Error("nested deeper than 200 levels", "", "");
      keys_.push_back(0);
      bytes_.spend(container_bytes + value_bytes);
    } else if (c == ']' || c == '}') {
      if (!keys_.empty()) keys_.pop_back();
    } else if (c == ',') {
      bytes_.spend(value_bytes);
    } else if (c == ':' && !keys_.empty()) {
      bytes_.spend(key_bytes);
      comparisons_.spend(keys_.back()++);
    }
  }

  std::vector<std::uint64_t> keys_;  // so far, of each object that is open
  Budget bytes_{"bytes once it is in memory", max_json_bytes};
  Budget comparisons_{"comparisons between keys of one object", max_key_comparisons};
};

constexpr std::size_t max_dotted_parts = 16;
constexpr std::uint64_t max_toml_values = 200'000;

/// Walks over a TOML text: outside of quotes and comments, the dots between two of , = [ ] { } and line ends are those
/// of one key. The parser would recurse into each of its parts.
class TomlScan {
 public:
  explicit TomlScan(std::string_view text) : text_(text) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'')
        skip_quoted(c);
      else if (c == '#')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else
        count(text_[at_++]);
    }
  }

 private:
  void count(char c) {
    if (c == '.' && ++dots_ == max_dotted_parts) throw Error("a key has more than 16 dotted parts", "", "");
    if (c == ',' || c == '=' || c == '[') values_.spend(1);
    if (std::string_view(",=[]{}\n").find(c) != std::string_view::npos) dots_ = 0;
  }

  /// To the end of a text in one or three quotes; one in single quotes that is not closed ends with its line.
  void skip_quoted(char quote) {
    const std::string three(3, quote);
    const bool block = text_.substr(at_).starts_with(three);
    const std::string end = block ? three : three.substr(0, 1);
    for (at_ += end.size(); at_ < text_.size() && !text_.substr(at_).starts_with(end); ++at_) {
      if (!block && text_[at_] == '\n') return;
      if (quote == '"' && text_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + end.size(), text_.size());
    while (block && at_ < text_.size() && text_[at_] == quote) ++at_;  // up to two more belong to the text
  }

  std::string_view text_;
  std::size_t at_ = 0, dots_ = 0;
  Budget values_{"values", max_toml_values};
};

}  // namespace

void check_json_budget(std::string_view text) { JsonScan().run(text); }

void check_toml_budget(std::string_view text) { TomlScan(text).run(); }

}  // namespace lutra
