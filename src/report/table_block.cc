#include "report/table_block.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/contract.h"
#include "base/xml.h"

namespace lutra {
namespace {

constexpr std::size_t short_text = 26;  // stays on one line; longer texts may wrap

std::string data_attribute(const char* name, const std::optional<double>& value) {
  return value ? fmt::format(" data-{}=\"{}\"", name, *value) : "";
}

std::string render_cell(const Cell& cell, bool number) {
  const char* style = number ? " class=\"number\"" : cell.text.size() <= short_text ? " class=\"short\"" : "";
  const std::string range =
      cell.range.empty() ? "" : fmt::format(" <span class=\"range\">{}</span>", xml_text(cell.range));
  return fmt::format("<td{}{}{}{}>{}{}</td>", style, data_attribute("value", cell.value), data_attribute("lo", cell.lo),
                     data_attribute("hi", cell.hi), xml_text(cell.text), range);
}

std::string render_column(const TableColumn& column, bool number) {
  const std::string unit = column.unit.empty() ? "" : fmt::format(" <small>[{}]</small>", xml_text(column.unit));
  return fmt::format("<th scope=\"col\"{} data-name=\"{}\" data-unit=\"{}\">{}{}</th>",
                     number ? " class=\"number\"" : "", xml_text(column.name), xml_text(column.unit),
                     xml_text(column.name), unit);
}

bool holds_numbers(const Table& table, std::size_t column) {
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [&](const std::vector<Cell>& row) { return row[column].value.has_value(); });
}

/// One <tbody> per group, so that a sorted table keeps its groups.
std::string render_rows(const Table& table, const std::vector<bool>& numbers) {
  std::string html = "<tbody>\n";
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (!table.groups.empty() && (r == 0 || table.groups[r] != table.groups[r - 1]))
      html += fmt::format("{}<tr class=\"group\"><th colspan=\"{}\" scope=\"rowgroup\">{}</th></tr>\n",
                          r == 0 ? "" : "</tbody><tbody>\n", table.columns.size(), xml_text(table.groups[r]));
    html += "<tr>";
    for (std::size_t i = 0; i < table.rows[r].size(); ++i) html += render_cell(table.rows[r][i], numbers[i]);
    html += "</tr>\n";
  }
  return html + "</tbody>";
}

}  // namespace

std::string render_table(const Table& table) {
  expects(table.groups.empty() || table.groups.size() == table.rows.size(), "every row has a group, or none");
  std::string html = fmt::format(
      "<div class=\"table\" id=\"{0}\"><p class=\"caption\" id=\"{0}-caption\">{1}</p><div class=\"scroll\">"
      "<table aria-describedby=\"{0}-caption\"><thead><tr>",
      table.id, xml_text(table.caption));
  std::vector<bool> numbers;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    numbers.push_back(holds_numbers(table, i));
    html += render_column(table.columns[i], numbers[i]);
  }
  html += "</tr></thead>" + render_rows(table, numbers) + "</table></div></div>\n";
  if (!table.folded) return html;
  return fmt::format("<details class=\"fold\"><summary>{}</summary>{}</details>\n", xml_text(table.caption), html);
}

}  // namespace lutra
