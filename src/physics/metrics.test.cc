#include "physics/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/random.h"

namespace lutra {
namespace {

/// 9 muons of 10, pT flat in 3..20 GeV, measured within 10 %; empty events predicted at 2 GeV but every 50th at 12 GeV.
Predictions detector(int events) {
  Predictions p;
  Random random(3, RandomStream::verify, 5);
  for (int i = 0; i < events; ++i) {
    const bool muon = i % 10 != 0;
    p.has_muon.push_back(muon);
    p.true_pt_gev.push_back(muon ? random.uniform(3, 20) : 0);
    p.true_eta.push_back(muon ? random.uniform(0.1, 1) : 0);
    p.pt_gev.push_back(muon ? p.true_pt_gev.back() * (1 + 0.1 * random.normal()) : i % 500 == 0 ? 12 : 2);
    p.eta.push_back(p.true_eta.back() + 0.01 * random.normal());
    p.containment.push_back(muon ? (i % 10 == 1 ? 0.4 : 0.9) : 0);
  }
  return p;
}

TEST(Metrics, RecoversWhatTheDetectorDoes) {
  const Metrics m = evaluate_metrics(detector(50'000), {});
  EXPECT_EQ(m.events, 50'000);
  EXPECT_EQ(m.muons, 45'000);
  EXPECT_GT(m.plateau.value, 0.99);
  EXPECT_NEAR(m.fake_rate.value, 0.02, 1e-12);
  EXPECT_LT(m.fake_rate.lo, 0.02);
  EXPECT_LT(m.leakage.value, 1e-3);
  EXPECT_NEAR(m.pt_resolution.value, 0.1, 0.002);
  EXPECT_NEAR(m.eta_resolution.value, 0.01, 2e-4);
  EXPECT_NEAR(m.half_contained.value, 8.0 / 9, 1e-12);
  EXPECT_EQ(m.efficiency.size(), 13u);
  EXPECT_TRUE(std::isnan(m.efficiency[0].value));  // no muons below 3 GeV
}

TEST(Metrics, JsonHasTheKeysScriptsRead) {
  const Json json = metrics_to_json(evaluate_metrics(detector(1000), {}));
  for (const char* key : {"plateau", "efficiency", "fake_rate", "leakage_below_7gev", "pt_resolution", "eta_resolution",
                          "events", "plateau_interval", "fake_rate_interval", "rate"})
    EXPECT_TRUE(json.contains(key)) << key;
  EXPECT_EQ(json["efficiency"]["bins"].size(), 14u);
  EXPECT_EQ(json["efficiency"]["values"].size(), 13u);
  EXPECT_EQ(json["efficiency"]["intervals"].size(), 13u);
  EXPECT_TRUE(json["efficiency"]["values"][0].is_null());
  const auto passed = json["efficiency"]["passed"][12].get<double>();
  const auto total = json["efficiency"]["total"][12].get<double>();
  EXPECT_EQ(json["efficiency"]["values"][12].get<double>(), passed / total);
}

TEST(Metrics, ConfigurationIsDescribed) {
  MetricsConfig config;
  const Json json = config_to_json([&](Fields& f) { describe(f, config); });
  EXPECT_EQ(json["threshold_gev"], 10);
  EXPECT_EQ(json["bins_gev"].size(), 14u);
  EXPECT_EQ(json["rate"]["images_per_crossing"], 32);
}

TEST(Metrics, BadInputIsRefused) {
  EXPECT_THROW(evaluate_metrics({}, {}), Error);
  Predictions diverged = detector(100);
  diverged.pt_gev[17] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(evaluate_metrics(diverged, {}), Error);
  Predictions short_eta = detector(100);
  short_eta.eta.pop_back();
  EXPECT_THROW(evaluate_metrics(short_eta, {}), Error);
  MetricsConfig falling;
  falling.bins_gev = {5, 4};
  EXPECT_THROW(evaluate_metrics(detector(100), falling), Error);
  MetricsConfig upside_down;
  upside_down.plateau_lo_gev = 30;
  EXPECT_THROW(evaluate_metrics(detector(100), upside_down), Error);
}

/// Muons that point past the chambers count in plateau_all_eta only.
TEST(Metrics, FiducialRegionIsByTrueEta) {
  Predictions p;
  for (const double eta : {0.01, 0.5, 0.6, 1.04}) {
    p.has_muon.push_back(1);
    p.true_pt_gev.push_back(17);
    p.true_eta.push_back(eta);
    p.pt_gev.push_back(eta > 0.1 && eta < 1 ? 17 : 0);
    p.eta.push_back(eta);
  }
  const Metrics m = evaluate_metrics(p, {});
  EXPECT_EQ(m.muons, 2);
  EXPECT_EQ(m.plateau.value, 1);
  EXPECT_EQ(m.plateau_all_eta.value, 0.5);
  MetricsConfig upside_down;
  upside_down.fiducial_eta_lo = 2;
  EXPECT_THROW(evaluate_metrics(p, upside_down), Error);
}

}  // namespace
}  // namespace lutra
