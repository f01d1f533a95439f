#pragma once

namespace lutra {

/// Regularised incomplete beta function I_x(a, b), the distribution function of the beta distribution.
/// 0 <= x <= 1, a > 0, b > 0; absolute accuracy 1e-12 for small a + b; cancelling logarithms leave 1e-7 at 1e7.
double beta_cdf(double x, double a, double b);

/// The x with I_x(a, b) = probability, 0 < probability < 1.
double beta_quantile(double probability, double a, double b);

}  // namespace lutra
