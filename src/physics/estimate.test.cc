#include "physics/estimate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace lutra {
namespace {

/// Binomial probability by logarithms, independent of the beta function under test.
double binomial(std::int64_t k, std::int64_t n, double p) {
  const double kd = static_cast<double>(k);
  const double nd = static_cast<double>(n);
  return std::exp(std::lgamma(nd + 1) - std::lgamma(kd + 1) - std::lgamma(nd - kd + 1) + kd * std::log(p) +
                  (nd - kd) * std::log1p(-p));
}

double coverage(std::int64_t n, double p, double confidence) {
  double covered = 0;
  for (std::int64_t k = 0; k <= n; ++k) {
    const Estimate e = proportion({k, n}, confidence);
    if (e.lo <= p && p <= e.hi) covered += binomial(k, n, p);
  }
  return covered;
}

TEST(Proportion, NothingMeasuredIsNotANumber) {
  const Estimate e = proportion({0, 0});
  EXPECT_TRUE(std::isnan(e.value) && std::isnan(e.lo) && std::isnan(e.hi));
}

TEST(Proportion, ClosedFormsAtTheEnds) {
  const double tail = (1 - one_sigma) / 2;
  const Estimate none = proportion({0, 50});
  EXPECT_EQ(none.value, 0);
  EXPECT_EQ(none.lo, 0);
  EXPECT_NEAR(none.hi, 1 - std::pow(tail, 1.0 / 50), 1e-12);
  const Estimate all = proportion({50, 50});
  EXPECT_EQ(all.value, 1);
  EXPECT_EQ(all.hi, 1);
  EXPECT_NEAR(all.lo, std::pow(tail, 1.0 / 50), 1e-12);
}

TEST(Proportion, TailsOfTheLimitsAreTheBinomialTails) {
  const Estimate e = proportion({7, 40}, 0.95);
  double at_least = 0;
  double at_most = 0;
  for (std::int64_t k = 7; k <= 40; ++k) at_least += binomial(k, 40, e.lo);
  for (std::int64_t k = 0; k <= 7; ++k) at_most += binomial(k, 40, e.hi);
  EXPECT_NEAR(at_least, 0.025, 1e-10);
  EXPECT_NEAR(at_most, 0.025, 1e-10);
}

TEST(Proportion, NeverCoversLessThanPromised) {
  for (const std::int64_t n : {1, 10, 60})
    for (double p = 0.005; p < 1; p += 0.015)
      for (const double confidence : {one_sigma, 0.95})
        EXPECT_GE(coverage(n, p, confidence), confidence) << n << ' ' << p;
}

TEST(Proportion, BecomesGaussianForManyEvents) {
  const Estimate e = proportion({300'000, 1'000'000});
  const double sd = std::sqrt(0.3 * 0.7 / 1e6);
  EXPECT_NEAR(e.hi - e.value, sd, 0.01 * sd);
  EXPECT_NEAR(e.value - e.lo, sd, 0.01 * sd);
}

RC_GTEST_PROP(Proportion, ContainsTheFractionAndMirrors, ()) {
  const auto n = *rc::gen::inRange<std::int64_t>(1, 5000);
  const auto k = *rc::gen::inRange<std::int64_t>(0, n + 1);
  const Estimate e = proportion({k, n});
  const Estimate mirrored = proportion({n - k, n});
  RC_ASSERT(0 <= e.lo && e.lo <= e.value && e.value <= e.hi && e.hi <= 1);
  RC_ASSERT(std::abs(e.lo - (1 - mirrored.hi)) < 1e-9);
}

TEST(Json, UnmeasuredNumbersAreNull) {
  EXPECT_EQ(interval_to_json({}).dump(), "[null,null]");
  EXPECT_EQ(curve_to_json({0, 1, 2}, {{0.5, 0.25, 0.75}, {}}).dump(),
            R"({"bins":[0.0,1.0,2.0],"values":[0.5,null],"intervals":[[0.25,0.75],[null,null]]})");
}

}  // namespace
}  // namespace lutra
