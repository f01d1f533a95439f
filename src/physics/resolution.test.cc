#include "physics/resolution.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace lutra {
namespace {

std::vector<double> gaussian(std::uint64_t seed, std::size_t n, double sd) {
  Random random(seed, RandomStream::verify, 0);
  std::vector<double> values(n);
  for (double& v : values) v = sd * random.normal();
  return values;
}

TEST(RobustWidth, IsTheStandardDeviationOfAGaussian) {
  const Estimate e = robust_width(gaussian(1, 200'000, 3));
  EXPECT_NEAR(e.value, 3, 0.02);
  EXPECT_LT(e.lo, e.value);
  EXPECT_GT(e.hi, e.value);
}

TEST(RobustWidth, IgnoresFarTails) {
  std::vector<double> values = gaussian(2, 10'000, 1);
  for (int i = 0; i < 100; ++i) values[static_cast<std::size_t>(i)] = 1e9;
  EXPECT_NEAR(robust_width(values).value, 1, 0.06);
}

TEST(RobustWidth, UniformClosedForm) {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back((i + 0.5) / 1000);
  EXPECT_NEAR(robust_width(values).value, one_sigma / 2, 1e-3);
}

TEST(RobustWidth, IntervalCoversAtItsConfidence) {
  int covered = 0;
  constexpr int trials = 2000;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    const Estimate e = robust_width(gaussian(100 + trial, 400, 1));
    covered += e.lo <= 1 && 1 <= e.hi;
  }
  // 4 binomial standard deviations of 2000 trials are 0.042; the asymptotic formula adds about 0.02.
  EXPECT_NEAR(covered / static_cast<double>(trials), one_sigma, 0.06);
}

TEST(RobustWidth, TooFewValuesAreNotMeasured) {
  EXPECT_TRUE(std::isnan(robust_width(gaussian(1, 9, 1)).value));
  EXPECT_FALSE(std::isnan(robust_width(gaussian(1, 10, 1)).value));
}

TEST(Median, OddEvenAndEmpty) {
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
  EXPECT_TRUE(std::isnan(median({})));
}

TEST(Residuals, RelativeInPtAbsoluteInEtaMuonsOnly) {
  Predictions p;
  p.has_muon = {1, 0, 1};
  p.true_pt_gev = {10, 0, 5};
  p.true_eta = {0.5, 0, 0.25};
  p.pt_gev = {12, 7, 5};
  p.eta = {0.625, 0, 0.25};
  EXPECT_EQ(pt_residuals(p, 0, 100), (std::vector<double>{12.0 / 10 - 1, 0}));
  EXPECT_EQ(eta_residuals(p, 6, 100), (std::vector<double>{0.125}));
  p.eta.clear();
  EXPECT_TRUE(eta_residuals(p, 0, 100).empty());
}

TEST(ResidualCurve, WidthAndBiasPerBin) {
  Predictions p;
  Random random(7, RandomStream::verify, 1);
  for (int i = 0; i < 20'000; ++i) {
    const bool soft = i % 2 == 0;
    p.has_muon.push_back(1);
    p.true_pt_gev.push_back(soft ? 5 : 15);
    p.pt_gev.push_back(p.true_pt_gev.back() * (soft ? 1.1 + 0.1 * random.normal() : 1 + 0.3 * random.normal()));
  }
  const ResidualCurve curve = residual_curve(p, pt_residuals, {0, 10, 20, 30});
  EXPECT_NEAR(curve.width[0].value, 0.1, 0.004);
  EXPECT_NEAR(curve.bias[0], 0.1, 0.004);
  EXPECT_NEAR(curve.width[1].value, 0.3, 0.012);
  EXPECT_NEAR(curve.bias[1], 0, 0.012);
  EXPECT_TRUE(std::isnan(curve.width[2].value) && std::isnan(curve.bias[2]));
}

}  // namespace
}  // namespace lutra
