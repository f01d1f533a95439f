#include <algorithm>
#include <cctype>
#include <optional>

#include "base/error.h"
#include "docs/numbers.h"

namespace lutra::docs {
namespace {

/// A template in pieces: words, number, words, number, ..., words.
struct Pieces {
  std::vector<std::string> words;         // one more than there are placeholders
  std::vector<std::string> placeholders;  // without braces
};

Pieces pieces_of(const std::string& text) {
  Pieces pieces;
  std::size_t at = 0;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', at)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) throw Error("a brace is not closed: " + text, "", "");
    pieces.words.push_back(text.substr(at, open - at));
    pieces.placeholders.push_back(text.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  if (pieces.placeholders.empty()) throw Error("a line without a number: " + text, "", "write {path:format}");
  if (pieces.words[0].empty()) throw Error("a line begins with a number: " + text, "", "put a word before it");
  pieces.words.push_back(text.substr(at));
  return pieces;
}

bool space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

std::size_t after_spaces(const std::string& text, std::size_t at) {
  while (at < text.size() && space(text[at])) ++at;
  return at;
}

/// Where `words` end in the text when they begin at `at`; any white space is like any other.
std::optional<std::size_t> end_of_words(const std::string& text, std::size_t at, const std::string& words) {
  for (std::size_t i = 0; i < words.size();) {
    if (space(words[i])) {
      if (at >= text.size() || !space(text[at])) return std::nullopt;
      at = after_spaces(text, at);
      i = after_spaces(words, i);
    } else if (at < text.size() && text[at] == words[i]) {
      ++at;
      ++i;
    } else {
      return std::nullopt;
    }
  }
  return at;
}

/// Where the number that begins at `at` ends: digits with commas between and a point; `at` itself when there is none.
std::size_t end_of_plain_number(const std::string& text, std::size_t at) {
  std::size_t end = at < text.size() && text[at] == '-' ? at + 1 : at;
  if (end >= text.size() || !digit(text[end])) return at;
  while (end < text.size() && (digit(text[end]) || ((text[end] == ',' || text[end] == '.') && end + 1 < text.size() &&
                                                    digit(text[end + 1]))))
    ++end;
  return end;
}

/// The same, with the spread that may follow.
std::size_t end_of_number(const std::string& text, std::size_t at) {
  const std::size_t end = end_of_plain_number(text, at);
  const std::optional<std::size_t> spread = end > at ? end_of_words(text, end, " ± ") : std::nullopt;
  if (!spread) return end;
  const std::size_t spread_end = end_of_plain_number(text, *spread);
  return spread_end > *spread ? spread_end : end;
}

struct Span {
  std::size_t begin = 0, end = 0;
};

/// The numbers of a template that begins at `at`; none when the text there does not read like it.
std::vector<Span> numbers_at(const std::string& text, std::size_t at, const Pieces& pieces) {
  std::vector<Span> numbers;
  std::optional<std::size_t> end = end_of_words(text, at, pieces.words[0]);
  for (std::size_t i = 0; i < pieces.placeholders.size() && end; ++i) {
    numbers.push_back({*end, end_of_number(text, *end)});
    if (numbers.back().begin == numbers.back().end) return {};
    end = end_of_words(text, numbers.back().end, pieces.words[i + 1]);
  }
  return end ? numbers : std::vector<Span>{};
}

std::vector<Span> first_numbers(const std::string& text, std::size_t from, const Pieces& pieces) {
  for (std::size_t at = from; at < text.size(); ++at) {
    std::vector<Span> numbers = numbers_at(text, at, pieces);
    if (!numbers.empty()) return numbers;
  }
  return {};
}

int line_of(const std::string& text, std::size_t at) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::string with_single_spaces(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); at = space(text[at]) ? after_spaces(text, at) : at + 1)
    result += space(text[at]) ? ' ' : text[at];
  return result;
}

}  // namespace

Corrected with_numbers(const std::string& text, const std::vector<std::string>& templates, const Sources& sources) {
  Corrected corrected{text, {}};
  std::string& now = corrected.text;
  std::size_t from = 0;
  for (const std::string& one : templates) {
    const Pieces pieces = pieces_of(one);
    std::vector<Span> numbers = first_numbers(now, from, pieces);
    if (numbers.empty()) {
      corrected.differences.push_back({line_of(now, from), "", one});
      continue;
    }
    for (std::size_t i = numbers.size(); i-- > 0;) {
      const Span span = numbers[i];
      const std::string is = with_single_spaces(now.substr(span.begin, span.end - span.begin));
      const std::string should_be = number_text(sources, pieces.placeholders[i]);
      if (is == should_be) continue;
      corrected.differences.push_back({line_of(now, span.begin), is, should_be});
      now.replace(span.begin, span.end - span.begin, should_be);
    }
    from = numbers[0].begin;
  }
  return corrected;
}

}  // namespace lutra::docs
