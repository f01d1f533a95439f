#pragma once
#include <string>
#include <vector>

namespace lutra {

/// One array, or elements [first, first + count) of its rows; count 0: whole rows.
struct Selected {
  std::string array;
  std::size_t first = 0;
  std::size_t count = 0;
  friend bool operator==(const Selected&, const Selected&) = default;
};

/// A selector, resolved: parts follow each other along the events, the arrays of a part stand side by side.
using Selection = std::vector<std::vector<Selected>>;

/// Resolves a selector over the names of all arrays, in the order of the files:
///     selector = part ("+" part)*    part = item ("," item)*
///     item = name | name ".." name | prefix "*" | name "[" i "]" | name "[" i ".." j "]"
/// Ranges include both ends. A text that is the name of an array means that array, whatever characters it holds. `what`
/// is the configuration key for errors, which list the known names.
Selection resolve(const std::string& selector, const std::vector<std::string>& names, const std::string& what);

/// "a, b ,c" -> a b c. Empty items are kept.
std::vector<std::string> split_list(const std::string& text, char separator);

}  // namespace lutra
