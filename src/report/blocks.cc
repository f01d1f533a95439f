#include "report/blocks.h"

#include <fmt/format.h>

#include "base/xml.h"
#include "report/html.h"
#include "report/table_block.h"

namespace lutra {
namespace {

struct Renderer {
  std::string operator()(const Paragraph& paragraph) const {
    return fmt::format("<p>{}</p>\n", xml_text(paragraph.text));
  }

  std::string operator()(const Finding& finding) const {
    const char* verdict = finding.verdict == Judgement::good      ? " yes"
                          : finding.verdict == Judgement::bad     ? " no"
                          : finding.verdict == Judgement::between ? " partly"
                                                                  : "";
    return fmt::format("<p class=\"claim{}\"><strong>{}</strong> {}</p>\n", verdict, xml_text(finding.strong),
                       xml_text(finding.text));
  }

  std::string operator()(const Heading& heading) const { return fmt::format("<h3>{}</h3>\n", xml_text(heading.text)); }

  std::string operator()(const Tiles& tiles) const {
    std::string html = "<div class=\"tiles\">";
    for (const KeyNumber& tile : tiles.tiles) {
      const char* verdict = tile.verdict == Judgement::good ? " good" : tile.verdict == Judgement::bad ? " bad" : "";
      html += fmt::format(
          "<div class=\"tile{}\"><div class=\"label\">{}</div><div class=\"value\">{}</div>"
          "<div class=\"detail\">{}</div></div>",
          verdict, xml_text(tile.label), xml_text(tile.value), xml_text(tile.detail));
    }
    return html + "</div>\n";
  }

  std::string operator()(const Table& table) const { return render_table(table); }

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
