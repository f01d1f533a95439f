#include "synth/report_text.h"

#include <charconv>
#include <sstream>

namespace lutra {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

std::vector<std::string> report_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> table_cells(const std::string& line, char bar) {
  const std::string row = trimmed(line);
  std::vector<std::string> cells;
  if (row.size() < 2 || row.front() != bar || row.back() != bar) return cells;
  std::istringstream in(row.substr(1));
  for (std::string cell; std::getline(in, cell, bar);) cells.push_back(trimmed(cell));
  return cells;
}

std::vector<std::string> words(const std::string& line) {
  std::vector<std::string> found;
  std::istringstream in(line);
  for (std::string word; in >> word;) found.push_back(word);
  return found;
}

std::optional<double> leading_number(const std::string& cell) {
  std::string digits;
  for (const char c : trimmed(cell)) {
    if (c == ',') continue;
    if ((c < '0' || c > '9') && c != '.' && c != '-') break;
    digits += c;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace lutra
