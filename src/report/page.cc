#include "report/page.h"

#include <fmt/format.h>

#include "base/version.h"
#include "base/xml.h"
#include "report/blocks.h"
#include "report/embedded.h"

namespace lutra {
namespace {

/// The browser itself refuses every request to the outside. Vega compiles its expressions, hence 'unsafe-eval'.
constexpr const char* policy =
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";

std::string contents(const Page& page) {
  std::string html = "<nav aria-label=\"Contents\"><ol>";
  for (const Section& section : page.sections)
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>", section.id, xml_text(section.title));
  return html + "</ol></nav>\n";
}

std::string render_section(const Section& section) {
  std::string html = fmt::format("<section id=\"{}\"><h2>{}</h2>\n", section.id, xml_text(section.title));
  // Neighbouring plots share a grid, so that two stand side by side where there is room.
  bool in_grid = false;
  for (const Block& block : section.blocks) {
    const bool plot = std::holds_alternative<Figure>(block);
    if (plot != in_grid) html += plot ? "<div class=\"plots\">" : "</div>\n";
    in_grid = plot;
    html += render_block(block);
  }
  return html + (in_grid ? "</div></section>\n" : "</section>\n");
}

}  // namespace

std::string render(const Page& page) {
  std::string html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  html += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy);
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += fmt::format("<meta name=\"generator\" content=\"Lutra {}\">\n", xml_text(code_version()));
  html += fmt::format("<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n", xml_text(page.title),
                      embedded_file("style.css"));
  html += fmt::format("<header><h1>{}</h1><p>{}</p></header>\n", xml_text(page.title), xml_text(page.subtitle));
  html += contents(page) + "<main>\n";
  for (const Section& section : page.sections) html += render_section(section);
  html += fmt::format("</main>\n<footer>Lutra {}</footer>\n<script>\n", xml_text(code_version()));
  html += embedded_file("report.js");
  return html + "</script>\n</body>\n</html>\n";
}

}  // namespace lutra
