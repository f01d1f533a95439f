#include "report/blocks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/xml.h"
#include "report/html.h"

namespace lutra {
namespace {

std::string data_attribute(const char* name, const std::optional<double>& value) {
  return value ? fmt::format(" data-{}=\"{}\"", name, *value) : "";
}

std::string render_cell(const Cell& cell, bool number) {
  // Short texts stay on one line; long ones may wrap.
  const char* style = number ? " class=\"number\"" : cell.text.size() <= 34 ? " class=\"short\"" : "";
  return fmt::format("<td{}{}{}{}>{}</td>", style, data_attribute("value", cell.value), data_attribute("lo", cell.lo),
                     data_attribute("hi", cell.hi), xml_text(cell.text));
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

struct Renderer {
  std::string operator()(const Paragraph& paragraph) const {
    return fmt::format("<p>{}</p>\n", xml_text(paragraph.text));
  }

  std::string operator()(const Heading& heading) const { return fmt::format("<h3>{}</h3>\n", xml_text(heading.text)); }

  std::string operator()(const Tiles& tiles) const {
    std::string html = "<div class=\"tiles\">";
    for (const Tile& tile : tiles.tiles) {
      const char* verdict = tile.verdict == Verdict::good ? " good" : tile.verdict == Verdict::bad ? " bad" : "";
      html += fmt::format(
          "<div class=\"tile{}\"><div class=\"label\">{}</div><div class=\"value\">{}</div>"
          "<div class=\"detail\">{}</div></div>",
          verdict, xml_text(tile.label), xml_text(tile.value), xml_text(tile.detail));
    }
    return html + "</div>\n";
  }

  std::string operator()(const Table& table) const {
    std::string html = fmt::format(
        "<div class=\"table\" id=\"{0}\"><p class=\"caption\" id=\"{0}-caption\">{1}</p><div class=\"scroll\">"
        "<table aria-describedby=\"{0}-caption\"><thead><tr>",
        table.id, xml_text(table.caption));
    std::vector<bool> numbers;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      numbers.push_back(holds_numbers(table, i));
      html += render_column(table.columns[i], numbers[i]);
    }
    html += "</tr></thead><tbody>\n";
    for (const std::vector<Cell>& row : table.rows) {
      html += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) html += render_cell(row[i], numbers[i]);
      html += "</tr>\n";
    }
    return html + "</tbody></table></div></div>\n";
  }

  std::string operator()(const Figure& figure) const {
    return fmt::format(
        "<figure class=\"plot\" id=\"{0}\"><script type=\"application/json\">{1}</script>"
        "<div class=\"canvas\"></div><figcaption>{2}</figcaption></figure>\n",
        figure.id, escape_script_json(figure.spec), xml_text(figure.caption));
  }

  std::string operator()(const Drawing& drawing) const {
    return fmt::format(
        "<figure class=\"drawing\" id=\"{}\"><div class=\"canvas\">{}</div><figcaption>{}</figcaption></figure>\n",
        drawing.id, drawing.svg, xml_text(drawing.caption));
  }

  std::string operator()(const Missing& missing) const {
    return fmt::format("<p class=\"missing\"><strong>{}: not run.</strong> To add it: <code>{}</code></p>\n",
                       xml_text(missing.what), xml_text(missing.command));
  }

  std::string operator()(const Listing& listing) const {
    return fmt::format("<details><summary>{}</summary><pre>{}</pre></details>\n", xml_text(listing.caption),
                       xml_text(listing.text));
  }
};

}  // namespace

std::string render_block(const Block& block) { return std::visit(Renderer{}, block); }

}  // namespace lutra
