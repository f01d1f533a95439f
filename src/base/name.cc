#include "base/name.h"

#include <algorithm>

#include "base/error.h"

namespace lutra {
namespace {

constexpr std::size_t longest = 64;

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool may_begin(char c) { return is_word(c) || c == '/'; }
bool may_hold(char c) { return may_begin(c) || std::string_view(" .:+-=()").find(c) != std::string_view::npos; }

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest && may_begin(text.front()) && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), may_hold);
}

}  // namespace

void check_name(std::string_view text, const std::string& where, const std::string& what) {
  if (is_name(text)) return;
  throw Error(where + ": " + what + " cannot be called \"" + printable(text) + "\"",
              "a name has 1 to 64 letters, digits, spaces and any of _ . : / + - = ( ), begins with a letter, digit, _ "
              "or / and does not end with a space",
              "Rename it");
}

std::string made_name(std::string_view text) {
  std::string name(text.substr(0, longest));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !may_hold(c); }, '_');
  if (name.empty() || !may_begin(name.front())) name = "_" + name.substr(0, longest - 1);
  if (name.back() == ' ') name.back() = '_';
  return name;
}

std::string printable(std::string_view text) {
  constexpr std::size_t shown = 60;
  std::string out(text.substr(0, shown));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c < ' ' || c > '~' || c == '"'; }, '?');
  return out + (text.size() > shown ? "..." : "");
}

std::string terminal_text(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return (c < ' ' && c != '\n') || c == 0x7f; }, ' ');
  return text;
}

}  // namespace lutra
