#include "inspect/draw.h"

#include "import/import_fixture.test.h"
#include "inspect/draw_style.h"

namespace lutra {
namespace {

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

EventBatch batch() {
  EventBatch b;
  b.first = 40;
  b.hits = {Hit(0, HitOrigin::cavern), Hit(1, HitOrigin::muon), Hit(2, HitOrigin::electronic),
            Hit(8, HitOrigin::secondary), Hit(15, HitOrigin::electronic)};
  b.hit_begin = {0, 0, 5};
  b.muons = {{12.25f, 0.5f, -1.5f, 1}};
  b.muon_begin = {0, 0, 1};
  return b;
}

const ImageShape shape{2, 8, 0.0, 0.1};

TEST(DrawText, OutermostLayerIsOnTopAndTheStrongestOriginWins) {
  DrawOptions options{.window_start = 2, .window_cols = 4, .text_cols = 4};
  EXPECT_EQ(draw_event_text(batch(), 1, shape, options),
            "event 41: muon+ pT 12.2 GeV, eta 0.500, phi -1.50, 5 hits\n"
            "layer 1 s  .\n"
            "layer 0 #.  \n"
            "window   ^^ columns 2 to 5\n"
            "        # muon  s secondary  c cavern  . electronic noise; 2 columns per character\n");
  options.text_cols = 100;
  EXPECT_NE(draw_event_text(batch(), 1, shape, options).find("layer 0 c#.     \n"), std::string::npos);
}

TEST(DrawText, AnEmptyEventHasNoHits) {
  const std::string text = draw_event_text(batch(), 0, shape);
  EXPECT_NE(text.find("event 40: no muon, 0 hits\n"), std::string::npos);
  EXPECT_EQ(text.find("window"), std::string::npos);
}

TEST(DrawSvg, HasOneRectanglePerHit) {
  const std::string with = draw_event_svg(batch(), 1, shape), without = draw_event_svg(batch(), 0, shape);
  EXPECT_EQ(count(with, "<rect") - count(without, "<rect"), 5u);
  EXPECT_EQ(count(with, "#d55e00") - count(without, "#d55e00"), 1u);  // one muon hit, one in both legends
  EXPECT_EQ(count(draw_event_svg(batch(), 1, shape, {.window_start = 2, .window_cols = 4}), "#009e73"), 1u);
  EXPECT_TRUE(with.starts_with("<svg ") && with.ends_with("</svg>\n"));
}

Dataset images() {
  Dataset data;
  data.rows = 2, data.cols = 3;
  data.input_format = {4, 2, false};
  data.inputs = {0, 4, 8, 8, 0, 0};
  data.targets = {{"pt", "GeV", 0, 20, 0}, {"<eta>", "", 0, 1, 0}};
  data.truth = {7.5f, 0.25f};
  data.window_start = {12};
  data.split = {Split::test};
  return data;
}

TEST(DrawInput, ImagesAreShades) {
  EXPECT_EQ(draw_input_text(images(), 0),
            "event 0 (test): pt 7.5 GeV, <eta> 0.25, window from column 12\n| +#|\n|#  |\n");
  const std::string svg = draw_input_svg(images(), 0);
  EXPECT_EQ(count(svg, "<rect"), 7u);
  EXPECT_EQ(count(svg, "rgb(0,0,0)"), 2u);
  EXPECT_NE(svg.find("&lt;eta&gt;"), std::string::npos);
}

TEST(DrawInput, FeaturesAreNumbers) {
  Dataset data = images();
  data.rows = 1, data.cols = 6;
  EXPECT_NE(draw_input_text(data, 0).find("         0         1         2         2         0         0\n"),
            std::string::npos);
}

}  // namespace
}  // namespace lutra
