#include "rtl/identifier.h"

#include <algorithm>

#include "base/contract.h"
#include "rtl/reserved_words.h"

namespace lutra {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

}  // namespace

std::string identifier_part(std::string_view text) {
  std::string word;
  for (const char c : text) {
    if (is_letter_or_digit(c))
      word += c;
    else if (!word.empty() && word.back() != '_')
      word += '_';
  }
  if (!word.empty() && word.back() == '_') word.pop_back();
  return word.empty() ? "net" : word;
}

std::string identifier(std::string_view text) {
  const std::string word = identifier_part(text);
  const bool is_free = word.starts_with("net_") || !is_reserved(word);
  return is_letter(word[0]) && is_free ? word : "net_" + word;
}

bool is_identifier(std::string_view text) { return identifier(text) == text; }

const std::string& script_word(const std::string& word) {
  expects(!word.empty() && word[0] != '-' &&
              std::all_of(word.begin(), word.end(),
                          [](char c) { return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-'; }),
          "a word of a script needs no quotes");
  return word;
}

}  // namespace lutra
