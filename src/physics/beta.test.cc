#include "physics/beta.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace lutra {
namespace {

TEST(BetaCdf, ClosedForms) {
  for (double x = 0; x <= 1; x += 0.0625) {
    EXPECT_NEAR(beta_cdf(x, 1, 1), x, 1e-14);
    EXPECT_NEAR(beta_cdf(x, 3, 1), x * x * x, 1e-14);
    EXPECT_NEAR(beta_cdf(x, 1, 4), 1 - std::pow(1 - x, 4), 1e-14);
    EXPECT_NEAR(beta_cdf(x, 0.5, 0.5), 2 / std::acos(-1) * std::asin(std::sqrt(x)), 1e-12);
  }
}

TEST(BetaCdf, LargeArgumentsStayAccurate) { EXPECT_NEAR(beta_cdf(0.5, 5e6, 5e6), 0.5, 1e-7); }

RC_GTEST_PROP(BetaCdf, Reflects, ()) {
  const double x = *rc::gen::inRange(1, 1000) / 1000.0;
  const double a = *rc::gen::inRange(1, 4000) / 8.0;
  const double b = *rc::gen::inRange(1, 4000) / 8.0;
  RC_ASSERT(std::abs(beta_cdf(x, a, b) + beta_cdf(1 - x, b, a) - 1) < 1e-10);
}

RC_GTEST_PROP(BetaQuantile, InvertsTheCdf, ()) {
  const double probability = *rc::gen::inRange(1, 1000) / 1000.0;
  const double a = *rc::gen::inRange(1, 500);
  const double b = *rc::gen::inRange(1, 500);
  RC_ASSERT(std::abs(beta_cdf(beta_quantile(probability, a, b), a, b) - probability) < 1e-9);
}

}  // namespace
}  // namespace lutra
