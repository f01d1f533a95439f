#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "reference/coincidence.h"
#include "reference/delta.h"
#include "reference/solve.h"
#include "reference/stations.h"
#include "reference/true_fit.h"
#include "simulate/simulate.h"

namespace lutra {
namespace {

/// Single muons of one pT inside the image, with the default noise.
EventBatch muons_of_pt(double pt_gev, std::size_t count, std::uint64_t seed = 77) {
  SimulationConfig config;
  config.muon.none = 0;
  config.muon.pt_lo_gev = pt_gev;
  config.muon.pt_hi_gev = pt_gev * 1.0001;
  config.muon.eta_lo = 0.1;
  config.muon.eta_hi = 1.0;
  return simulate(config, seed, 0, count);
}

double share_above(const std::vector<float>& pt, double threshold) {
  const auto above = std::count_if(pt.begin(), pt.end(), [&](float value) { return value >= threshold; });
  return static_cast<double>(above) / static_cast<double>(pt.size());
}

double median(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

TEST(Coincidence, WindowsNarrowWithTheThreshold) {
  const CoincidenceTrigger trigger = tune_coincidence({}, {20, 5, 10}, 0.95, 1);
  EXPECT_EQ(trigger.thresholds_gev, (std::vector<double>{5, 10, 20}));
  const std::size_t outer = 3;
  EXPECT_GT(trigger.half_width[0][outer], trigger.half_width[1][outer]);
  EXPECT_GT(trigger.half_width[1][outer], trigger.half_width[2][outer]);
  for (const auto& widths : trigger.half_width) EXPECT_GE(widths[outer], widths[1]);
}

TEST(Coincidence, TurnsOnAtTheThreshold) {
  const CoincidenceTrigger trigger = tune_coincidence({}, {5, 10, 15}, 0.95, 1);
  const double below = share_above(predict_pt(trigger, muons_of_pt(4, 1000)), 10);
  const double at = share_above(predict_pt(trigger, muons_of_pt(10, 1000)), 10);
  const double above = share_above(predict_pt(trigger, muons_of_pt(18, 1000)), 10);
  EXPECT_LT(below, 0.5);
  EXPECT_GT(at, 0.7);
  EXPECT_GT(above, 0.85);
}

TEST(Delta, MeasuresThePtOfMuons) {
  const DeltaTrigger trigger = tune_delta({}, 1);
  double last = 0;
  for (const double pt : {5.0, 8.0, 12.0}) {
    const double found = median(predict_pt(trigger, muons_of_pt(pt, 1000)));
    EXPECT_GT(found, last) << pt;
    EXPECT_NEAR(found / pt, 1, 0.4) << pt;
    last = found;
  }
}

TEST(TrueFit, IsExactForPerfectHits) {
  SimulationConfig config;
  config.material = {1.5, 4.25, 0, 0, 0, 0.4, 0, 1};
  for (StationConfig& station : config.detector.stations)
    station.material_x0 = station.energy_loss_gev = station.straggling_gev = station.secondary_chance = 0;
  config.detector.eta_pitch = 0.001;  // fine strips: little rounding
  config.detector.strips = 979;
  config.response.cluster_widths = {1, 0, 0, 0};
  config.muon.vertex_z_mm = 0;
  config.muon.none = 0;
  const EventBatch events = simulate(config, 3, 0, 500);
  const std::vector<float> pt = fit_true_hits(config, events);
  std::vector<float> off;
  for (std::size_t i = 0; i < pt.size(); ++i)
    if (pt[i] > 0) off.push_back(std::abs(pt[i] / muons_of(events, i)[0].pt_gev - 1));
  EXPECT_GT(off.size(), 400u);
  EXPECT_LT(median(off), 0.03);
}

TEST(TrueFit, IsBetterThanTheDeltas) {
  const EventBatch events = muons_of_pt(8, 1500);
  const auto spread = [&](const std::vector<float>& pt) {
    std::vector<float> off;
    for (const float value : pt)
      if (value > 0) off.push_back(std::abs(1 / value - 1.0f / 8));
    return median(off);
  };
  EXPECT_LT(spread(fit_true_hits({}, events)), spread(predict_pt(tune_delta({}, 1), events)));
}

TEST(TrueFit, SeesNothingWithoutMuons) {
  SimulationConfig config;
  config.muon.none = 1;
  for (const float pt : fit_true_hits(config, simulate(config, 1, 0, 100))) EXPECT_EQ(pt, 0);
}

TEST(Triggers, GiveOnePtPerEvent) {
  const SimulationConfig config;
  const EventBatch events = simulate(config, 1, 0, 300);
  EXPECT_EQ(predict_pt(tune_coincidence(config, {5, 10}, 0.95, 1), events).size(), 300u);
  EXPECT_EQ(predict_pt(tune_delta(config, 1), events).size(), 300u);
  EXPECT_EQ(fit_true_hits(config, events).size(), 300u);
}

TEST(Triggers, NeedEnoughStations) {
  SimulationConfig config;
  config.detector.stations.resize(1);
  config.detector.dead_regions.clear();
  EXPECT_THROW(tune_coincidence(config, {5}, 0.95, 1), Error);
  EXPECT_THROW(tune_delta(config, 1), Error);
}

TEST(Stations, BelongToLayers) {
  const std::vector<int> begin = station_begins(atlas_barrel());
  EXPECT_EQ(begin, (std::vector<int>{0, 3, 5, 7, 9}));
  EXPECT_EQ(station_of(begin, 2), 0u);
  EXPECT_EQ(station_of(begin, 3), 1u);
  EXPECT_EQ(station_of(begin, 8), 3u);
}

TEST(LeastSquaresSolver, FindsALine) {
  LeastSquares<2> line;
  for (const double x : {0.0, 1.0, 2.0}) line.add({1, x}, 3 - 2 * x, 1 + x);
  const auto found = line.solve();
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR((*found)[0], 3, 1e-12);
  EXPECT_NEAR((*found)[1], -2, 1e-12);
  LeastSquares<2> nothing;
  EXPECT_FALSE(nothing.solve().has_value());
}

}  // namespace
}  // namespace lutra
