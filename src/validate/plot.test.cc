#include "validate/plot.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "simulate/simulate.h"
#include "validate/measured.h"
#include "validate/validation_plots.h"

namespace lutra {
namespace {

/// Every element is closed in order, and attributes are quoted: what a parser needs of the little XML that is written.
void expect_well_formed(const std::string& svg) {
  std::vector<std::string> open;
  const std::regex tag(R"(<(/?)([a-zA-Z]+)((?: [a-zA-Z0-9:-]+="[^"<&]*")*) ?(/?)>)");
  std::size_t tags = 0;
  for (std::sregex_iterator it(svg.begin(), svg.end(), tag), end; it != end; ++it, ++tags) {
    const std::string name = (*it)[2];
    if ((*it)[1] == "/") {
      ASSERT_FALSE(open.empty());
      ASSERT_EQ(open.back(), name);
      open.pop_back();
    } else if ((*it)[4] != "/") {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
  EXPECT_EQ(tags, static_cast<std::size_t>(std::count(svg.begin(), svg.end(), '<')));
}

Plot small_plot() {
  return {"small",
          "a < b & \"c\"",
          {"x [m]", 0, 10, false, {}, {}},
          {"y [m]", 1, 100, true, {1, 10, 100}, {}},
          {{"points", Mark::points, colour::black, {5}, {10}, {5}, {20}},
           {"band", Mark::band, colour::blue, {0, 10}, {}, {2, 2}, {3, 3}},
           {"", Mark::bars, colour::red, {2}, {50}, {}, {}},
           {"line", Mark::dashed, colour::green, {0, 10}, {1, 100}, {}, {}}}};
}

TEST(Plot, PlacesNumbersOnBothKindsOfAxis) {
  const std::string svg = plot_svg(small_plot());
  expect_well_formed(svg);
  // x 5 of 0..10 is the middle of 70..736; y 10 of 1..100 is the middle of the logarithmic axis, 330 high below 2 lines
  // of legend.
  EXPECT_NE(svg.find("<circle cx=\"403.0\" cy=\"251.0\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("70.0,416.0 736.0,86.0"), std::string::npos) << svg;  // the line, from corner to corner
}

TEST(Plot, NamesAxesAndNamedSeries) {
  const std::string svg = plot_svg(small_plot());
  for (const char* text : {"a &lt; b &amp; &quot;c&quot;", ">x [m]<", ">y [m]<", ">points<", ">band<", ">line<"})
    EXPECT_NE(svg.find(text), std::string::npos) << text;
  EXPECT_EQ(svg.find("></text>"), std::string::npos) << "an unnamed series has no entry";
}

TEST(Plot, TicksAreRound) {
  EXPECT_EQ(round_ticks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(round_ticks(3, 20, 4), (std::vector<double>{5, 10, 15, 20}));
  EXPECT_EQ(round_ticks(-1, 1, 4), (std::vector<double>{-1, -0.5, 0, 0.5, 1}));
}

TEST(ValidationPlots, ShowTheMeasuredNumbers) {
  SimulationConfig config;
  config.muon.none = 0.2;
  config.muon.pt_lo_gev = 2;
  Observations observed(config.detector.shape());
  observed.add(simulate(config, 1, 0, 5000));
  const std::vector<Plot> plots = validation_plots(observed);
  ASSERT_EQ(plots.size(), 6u);
  for (const Plot& plot : plots) expect_well_formed(plot_svg(plot));
  const std::string shift = plot_svg(plots[0]);
  for (const measured::Shift& m : measured::shifts)
    EXPECT_NE(shift.find("<title>" + fmt::format("{:g}, {:g}", m.pt_gev, m.strips) + "</title>"), std::string::npos);
  // The median that is drawn is the one of the observations.
  const Series& median = plots[0].series[1];
  EXPECT_EQ(median.y.back(), observed.shift.bins.back().quantile(0.5));
  EXPECT_EQ(plots[4].name, "noise_multiplicity");
  EXPECT_NEAR(plots[4].series[1].y[8], 0.1395, 1e-4);  // Poisson: 8.1^8 e^-8.1 / 8!
}

TEST(ValidationPlots, LeaveOutWhatWasNotObserved) {
  SimulationConfig config;
  config.muon.none = 1;
  Observations observed(config.detector.shape());
  observed.add(simulate(config, 1, 0, 1000));
  const std::vector<Plot> plots = validation_plots(observed);
  ASSERT_EQ(plots.size(), 2u);
  EXPECT_EQ(plots[0].name, "noise_widths");
}

}  // namespace
}  // namespace lutra
