#include "report/page.h"

#include <gtest/gtest.h>

#include "report/embedded.h"
#include "report/plot.h"
#include "report/published.h"

namespace lutra {
namespace {

TEST(Render, EscapesEveryText) {
  const std::string evil = "</script><b onload=\"x\">";
  Page page{evil, evil, {{"one", evil, {}}}};
  std::vector<Block>& blocks = page.sections[0].blocks;
  blocks.push_back(Paragraph{evil});
  blocks.push_back(Tiles{{{evil, evil, evil, Judgement::good}}});
  blocks.push_back(Table{"t", evil, {{evil, evil}}, {{{evil, {}, {}, {}}}}});
  blocks.push_back(Figure{"f", evil, {{"name", evil}}});
  blocks.push_back(Missing{evil, evil});
  blocks.push_back(Listing{evil, evil});
  EXPECT_EQ(render(page).find("<b onload"), std::string::npos);
}

TEST(Render, NeighbouringPlotsShareAGrid) {
  Page page{"t", "s", {{"one", "One", {}}}};
  page.sections[0].blocks = {Figure{"a", "", {}}, Figure{"b", "", {}}, Paragraph{"text"}, Figure{"c", "", {}}};
  const std::string html = render(page);
  std::size_t grids = 0;
  for (std::size_t at = html.find("class=\"plots\""); at != std::string::npos;
       at = html.find("class=\"plots\"", at + 1))
    ++grids;
  EXPECT_EQ(grids, 2u);
}

TEST(Render, CellsCarryTheirFullValue) {
  Page page{"t", "s", {{"one", "One", {}}}};
  page.sections[0].blocks = {Table{"t", "c", {{"n", "GeV"}}, {{{"0.333", 1.0 / 3, 0.25, 0.5}}}}};
  const std::string html = render(page);
  EXPECT_NE(html.find("data-value=\"0.3333333333333333\" data-lo=\"0.25\" data-hi=\"0.5\">0.333</td>"),
            std::string::npos);
}

TEST(Plot, FillsDataAndSwitchesEverySeriesOn) {
  const Json rows = {{{"series", "A"}, {"value", 1}}, {{"series", "B"}, {"value", 2}}, {{"series", "A"}, {"value", 3}}};
  const Json spec = plot("history", rows);
  EXPECT_EQ(spec["data"]["values"], rows);
  EXPECT_EQ(spec["params"][0]["value"], Json::parse(R"([{"series": "A"}, {"series": "B"}])"));
}

TEST(Plot, EveryTemplateIsJson) {
  for (const char* name : {"turn_on", "resolution", "history", "hits", "pixels", "rank"})
    EXPECT_TRUE(plot(name, Json::array()).contains("$schema")) << name;
}

TEST(Published, TablesAreConsistent) {
  const Json& curve = published().at("turn_on");
  EXPECT_EQ(curve["pt_gev"].size(), curve["efficiency"].size());
  EXPECT_EQ(curve["pt_gev"].size(), curve["half_width_gev"].size());
  for (const Json& row : published().at("hardware"))
    for (const char* key : {"name", "lut", "ff", "dsp", "bram", "latency_cycles", "clock_ns", "flow"})
      EXPECT_TRUE(row.contains(key)) << row.dump();
  EXPECT_EQ(device().at("lut"), 1728000);
}

TEST(Embedded, TheScriptCannotEndItself) {
  EXPECT_EQ(embedded_file("report.js").find("</script"), std::string_view::npos);
  EXPECT_EQ(embedded_file("report.js").find("<!--"), std::string_view::npos);
}

}  // namespace
}  // namespace lutra
