#pragma once
#include <optional>
#include <string>
#include <vector>

namespace lutra {

/// Lines of a text, without their ends.
std::vector<std::string> report_lines(const std::string& text);

/// Cells of a table row such as "| CLB LUTs* | 12 |": trimmed, without the outer empty ones. Empty when the line is no
/// row.
std::vector<std::string> table_cells(const std::string& line, char bar);

/// Words of a line.
std::vector<std::string> words(const std::string& line);

/// The number a cell begins with ("1,234 / 427,200 ( 1 % )" is 1234); nothing when it begins with none.
std::optional<double> leading_number(const std::string& cell);

}  // namespace lutra
