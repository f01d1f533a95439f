#include "blank.h"

#include <cctype>
#include <cstddef>

namespace lutra {
namespace {

void wipe(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to && i < text.size(); ++i)
    if (text[i] != '\n') text[i] = ' ';
}

/// End of the string or character that begins at `from`; it may be a raw string.
std::size_t end_of_quoted(const std::string& text, std::size_t from) {
  if (text[from] == '"' && from > 0 && text[from - 1] == 'R') {
    const std::string end = ")" + text.substr(from + 1, text.find('(', from) - from - 1) + "\"";
    return text.find(end, from) + end.size();
  }
  std::size_t at = from + 1;
  while (at < text.size() && text[at] != text[from]) at += text[at] == '\\' ? 2 : 1;
  return at + 1;
}

/// Whether a ' separates digits, as in 1'000.
bool is_separator(const std::string& text, std::size_t at) {
  return text[at] == '\'' && at > 0 && std::isxdigit(static_cast<unsigned char>(text[at - 1])) != 0;
}

void wipe_comments_and_strings(std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = at;
    if (text.compare(at, 2, "//") == 0)
      end = text.find('\n', at);
    else if (text.compare(at, 2, "/*") == 0)
      end = text.find("*/", at) + 2;
    else if (text[at] == '"' || (text[at] == '\'' && !is_separator(text, at)))
      end = end_of_quoted(text, at);
    if (end == at) continue;
    const bool quoted = text[at] != '/';
    wipe(text, at + (quoted ? 1 : 0), end - (quoted ? 1 : 0));
    at = end - 1;
  }
}

void wipe_directives(std::string& text) {
  bool goes_on = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (goes_on || text[at] == '#') {
      goes_on = text[end - 1] == '\\';
      wipe(text, at, end);
    }
    at = end + 1;
  }
}

/// End of the declaration that begins at `from`: its semicolon or its last brace. A colon ends a case.
std::size_t end_of_declaration(const std::string& text, std::size_t from, bool is_case) {
  int depth = 0;
  for (std::size_t at = from; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '(' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '}' || c == ']') --depth;
    if (depth < 0) return at;  // if constexpr (...) ends with its condition
    if (depth == 0 && (c == ';' || c == '}')) return at + 1;
    if (is_case && c == ':' && text[at + 1] != ':' && text[at - 1] != ':') return at;
  }
  return text.size();
}

void wipe_word(std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    if (at > 0 && (std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0 || text[at - 1] == '_')) continue;
    wipe(text, at, end_of_declaration(text, at, word == "case "));
  }
}

}  // namespace

std::string blanked(std::string source) {
  wipe_comments_and_strings(source);
  wipe_directives(source);
  for (const char* word : {"constexpr ", "consteval ", "static_assert(", "enum ", "case ", "template <", "using "})
    wipe_word(source, word);
  return source;
}

}  // namespace lutra
