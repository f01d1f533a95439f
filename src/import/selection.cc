#include "import/selection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <span>
#include <string_view>
#include <unordered_set>

#include "base/error.h"
#include "import/array_layout.h"

namespace lutra {
namespace {

std::string trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

/// Resolves the items of one selector.
class Resolver {
 public:
  Resolver(const std::vector<std::string>& names, const std::string& what)
      : names_(names), known_(names.begin(), names.end()), what_(what) {}

  bool known(const std::string& name) const { return known_.contains(name); }

  std::vector<Selected> part(const std::string& text) const {
    if (known(trim(text))) return {{trim(text)}};
    std::vector<Selected> selected;
    for (const std::string& one : split_list(text, ',')) add(one, selected);
    return selected;
  }

 private:
  void add(const std::string& item, std::vector<Selected>& to) const {
    if (item.empty()) throw Error("import: " + what_ + " has an empty item", "", "Separate names by single commas");
    if (known(item))
      to.push_back({item});
    else if (item.back() == '*')
      add_prefix(item.substr(0, item.size() - 1), to);
    else if (item.back() == ']')
      to.push_back(elements(item));
    else if (const auto dots = item.find(".."); dots != std::string::npos)
      add_range(trim(item.substr(0, dots)), trim(item.substr(dots + 2)), to);
    else
      unknown(item);
  }

  [[noreturn]] void unknown(const std::string& name) const {
    const std::size_t shown = std::min<std::size_t>(names_.size(), 20);
    throw Error("import: " + what_ + " names \"" + name + "\", which is not in the data", "",
                fmt::format("There are: {}{}", fmt::join(std::span(names_).first(shown), ", "),
                            shown < names_.size() ? ", ..." : ""));
  }

  void add_prefix(const std::string& prefix, std::vector<Selected>& to) const {
    const std::size_t before = to.size();
    for (const std::string& name : names_)
      if (name.starts_with(prefix)) to.push_back({name});
    if (to.size() == before) unknown(prefix + "*");
  }

  void add_range(const std::string& first, const std::string& last, std::vector<Selected>& to) const {
    if (!known(first)) unknown(first);
    if (!known(last)) unknown(last);
    const auto begin = std::find(names_.begin(), names_.end(), first), end = std::find(begin, names_.end(), last);
    if (end == names_.end())
      throw Error("import: " + what_ + ": \"" + last + "\" comes before \"" + first + "\"", "", "Exchange them");
    for (auto name = begin; name <= end; ++name) to.push_back({*name});
  }

  Selected elements(const std::string& item) const {
    const std::size_t open = item.rfind('[');
    const std::string array = trim(std::string_view(item).substr(0, open));
    if (open == std::string::npos || !known(array)) unknown(array);
    const std::string inside = item.substr(open + 1, item.size() - open - 2);
    const std::size_t dots = inside.find("..");
    const std::size_t first = index(inside.substr(0, dots), item);
    const std::size_t last = dots == std::string::npos ? first : index(inside.substr(dots + 2), item);
    if (last < first) throw Error("import: " + what_ + ": the range of \"" + item + "\" runs backwards", "", "");
    return {array, first, last - first + 1};
  }

  std::size_t index(const std::string& text, const std::string& item) const {
    std::size_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code == std::errc() && end == text.data() + text.size() && value < max_row_width) return value;
    throw Error("import: " + what_ + ": \"" + text + "\" in \"" + item + "\" is not an index", "",
                "Write x[3] or x[0..3]");
  }

  const std::vector<std::string>& names_;
  std::unordered_set<std::string> known_;
  const std::string& what_;
};

}  // namespace

std::vector<std::string> split_list(const std::string& text, char separator) {
  std::vector<std::string> items;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(separator, begin);
    items.push_back(trim(std::string_view(text).substr(begin, end == std::string::npos ? end : end - begin)));
  }
  return items;
}

Selection resolve(const std::string& selector, const std::vector<std::string>& names, const std::string& what) {
  const Resolver resolver(names, what);
  if (resolver.known(selector)) return {{{selector}}};
  Selection selection;
  for (const std::string& part : split_list(selector, '+')) selection.push_back(resolver.part(part));
  return selection;
}

}  // namespace lutra
