#include "physics/turn_on.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace lutra {
namespace {

Predictions muons(const std::vector<double>& truth, const std::vector<double>& predicted) {
  Predictions p;
  for (const double pt : truth) p.has_muon.push_back(pt > 0);
  p.true_pt_gev = truth;
  p.pt_gev = predicted;
  return p;
}

TEST(TurnOn, BinsIncludeTheirLowerEdgeAndTheThresholdIsStrict) {
  const Predictions p = muons({2, 2.5, 4, 6, 1.9, 0}, {10, 11, 12, 99, 99, 99});
  const std::vector<Count> bins = turn_on(p, 10, {2, 4, 6});
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_EQ(bins[0].total, 2);
  EXPECT_EQ(bins[0].passed, 1);
  EXPECT_EQ(bins[1].total, 1);
  EXPECT_EQ(bins[1].passed, 1);
}

TEST(TurnOn, FakesAreMuonlessEventsOnly) {
  const Count fakes = fakes_above(muons({0, 0, 0, 15}, {9, 10.5, 10, 20}), 10);
  EXPECT_EQ(fakes.total, 3);
  EXPECT_EQ(fakes.passed, 1);
}

/// A detector with Gaussian resolution s has efficiency Phi((pT - threshold) / s): the sample is placed at the
/// Gaussian's quantiles, so the curve must come out to 1/n.
TEST(TurnOn, GaussianSmearingGivesTheErrorFunction) {
  constexpr int n = 2000;
  const double s = 2;
  std::vector<double> truth;
  std::vector<double> predicted;
  for (const double pt : {6.5, 9.5, 11.0, 13.0})
    for (int i = 0; i < n; ++i) {
      // Logistic would do as well; the error function is inverted by bisection to stay independent of the code under
      // test.
      const double u = (i + 0.5) / n;
      double lo = -9, hi = 9;
      for (int step = 0; step < 60; ++step)
        (std::erfc(-(lo + hi) / 2 / std::sqrt(2)) / 2 < u ? lo : hi) = (lo + hi) / 2;
      truth.push_back(pt);
      predicted.push_back(pt + s * lo);
    }
  const std::vector<double> edges = published_bins_gev();
  const std::vector<Count> bins = turn_on(muons(truth, predicted), 10, edges);
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const double middle = (edges[i] + edges[i + 1]) / 2;
    if (bins[i].total == 0) continue;
    const double efficiency = static_cast<double>(bins[i].passed) / static_cast<double>(bins[i].total);
    EXPECT_NEAR(efficiency, std::erfc((10 - middle) / s / std::sqrt(2)) / 2, 1.0 / n) << middle;
  }
}

RC_GTEST_PROP(TurnOn, BinsAddUpToTheRange, (std::vector<double> predicted)) {
  std::vector<double> truth;
  for (std::size_t i = 0; i < predicted.size(); ++i) truth.push_back(static_cast<double>(i % 25));
  const Predictions p = muons(truth, predicted);
  Count sum;
  for (const Count& bin : turn_on(p, 10, published_bins_gev())) {
    sum.passed += bin.passed;
    sum.total += bin.total;
  }
  const Count direct = muons_above(p, 10, 2, 20);
  RC_ASSERT(sum.passed == direct.passed && sum.total == direct.total);
}

}  // namespace
}  // namespace lutra
