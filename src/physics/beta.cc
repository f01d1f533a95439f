#include "physics/beta.h"

#include <cmath>

#include "base/contract.h"

namespace lutra {
namespace {

/// Continued fraction of I_x(a, b) (Abramowitz and Stegun 26.5.8) by the modified Lentz method. It converges in
/// O(sqrt(max(a, b))) terms for x < (a + 1) / (a + b + 2).
double continued_fraction(double x, double a, double b) {
  constexpr int most_terms = 100'000;
  constexpr double tiny = 1e-300;
  const auto away_from_zero = [](double v) { return std::abs(v) < tiny ? tiny : v; };
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  const auto step = [&](double coefficient) {
    d = 1 / away_from_zero(1 + coefficient * d);
    c = away_from_zero(1 + coefficient / c);
    fraction *= c * d;
    return std::abs(c * d - 1) < 1e-15;
  };
  for (int m = 1; m <= most_terms; ++m) {
    step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
    if (step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)))) break;
  }
  return fraction;
}

}  // namespace

double beta_cdf(double x, double a, double b) {
  expects(0 <= x && x <= 1 && a > 0 && b > 0, "beta_cdf: arguments in range");
  if (x == 0 || x == 1) return x;
  // std::lgamma writes a global sign; the arguments are positive, so only the _r form avoids a needless data race.
  int sign = 0;
  const double log_front =
      ::lgamma_r(a + b, &sign) - ::lgamma_r(a, &sign) - ::lgamma_r(b, &sign) + a * std::log(x) + b * std::log1p(-x);
  if (x < (a + 1) / (a + b + 2)) return std::exp(log_front) * continued_fraction(x, a, b) / a;
  return 1 - std::exp(log_front) * continued_fraction(1 - x, b, a) / b;
}

double beta_quantile(double probability, double a, double b) {
  expects(0 < probability && probability < 1, "beta_quantile: a probability");
  double lo = 0;
  double hi = 1;
  // Bisection: monotone, no starting value, and 60 halvings reach the last bit of any x of interest.
  for (int i = 0; i < 60; ++i) {
    const double middle = (lo + hi) / 2;
    (beta_cdf(middle, a, b) < probability ? lo : hi) = middle;
  }
  return (lo + hi) / 2;
}

}  // namespace lutra
