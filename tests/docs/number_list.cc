#include <fmt/format.h>

#include <fstream>

#include "base/error.h"
#include "docs/numbers.h"

namespace lutra::docs {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// "row NAME = TEMPLATE with $1 $2": templates of rows that differ in some words only.
using Rows = std::map<std::string, std::string>;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

/// "a; b" in the row's template: $1 becomes a, $2 b.
std::string filled(std::string row, const std::string& words) {
  int number = 1;
  for (std::size_t at = 0; at <= words.size(); ++number) {
    const std::size_t end = std::min(words.find(';', at), words.size());
    row = replaced(std::move(row), fmt::format("${}", number), trimmed(words.substr(at, end - at)));
    at = end + 1;
  }
  if (row.find('$') != std::string::npos) throw Error("the row needs more words", words, "");
  return row;
}

/// The lines by their number; what is indented goes on with the line before.
std::map<int, std::string> joined_lines(std::istream& in) {
  std::map<int, std::string> lines;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    if (text.starts_with("  ") && !lines.empty())
      lines.rbegin()->second += " " + trimmed(text);
    else
      lines[number] = text;
  }
  return lines;
}

class Reader {
 public:
  explicit Reader(std::filesystem::path root) : root_(std::move(root)) {}

  void line(const std::string& text) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string word = text.substr(0, space);
    const std::string rest = trimmed(text.substr(space));
    if (text.empty() || word == "#") return;
    if (word == "file") {
      const std::size_t name_end = std::min(rest.find(' '), rest.size());
      list_.sources[rest.substr(0, name_end)] = read_json(root_ / trimmed(rest.substr(name_end)));
    } else if (word == "in") {
      list_.documents.push_back({rest, {}});
    } else if (word == "row") {
      const std::size_t equals = std::min(rest.find('='), rest.size());
      rows_[trimmed(rest.substr(0, equals))] = trimmed(rest.substr(std::min(equals + 1, rest.size())));
    } else {
      add(text, word, rest);
    }
  }

  NumberList list() { return std::move(list_); }

 private:
  void add(const std::string& text, const std::string& word, const std::string& rest) {
    if (list_.documents.empty()) throw Error("a number before any document", "", "begin with: in docs/NAME.md");
    const auto row = word.ends_with(':') ? rows_.find(word.substr(0, word.size() - 1)) : rows_.end();
    list_.documents.back().templates.push_back(row == rows_.end() ? text : filled(row->second, rest));
  }

  std::filesystem::path root_;
  NumberList list_;
  Rows rows_;
};

}  // namespace

NumberList read_number_list(const std::filesystem::path& root) {
  std::ifstream in(root / "docs/numbers.txt");
  if (!in) throw Error("docs/numbers.txt cannot be read", "", "");
  Reader reader(root);
  for (const auto& [number, text] : joined_lines(in)) try {
      reader.line(text);
    } catch (const Error& e) {
      throw Error(fmt::format("docs/numbers.txt line {}", number), e.what(), "");
    }
  return reader.list();
}

}  // namespace lutra::docs
