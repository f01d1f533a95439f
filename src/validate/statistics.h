#pragma once
#include <vector>

#include "validate/validate.h"

namespace lutra {

/// What is measured, as published, and the range in which the toy agrees.
struct Expectation {
  std::string quantity;
  std::string measured;
  double lo = 0, hi = 0;
};

/// A fraction with its 95 % Wilson interval.
Check fraction_check(const Expectation& expectation, std::uint64_t passed, std::uint64_t all);

/// A mean with 1.96 standard errors.
Check mean_check(const Expectation& expectation, const std::vector<double>& values);

/// A median with its distribution-free 95 % interval (order statistics at n/2 +- 0.98 sqrt(n)).
Check median_check(const Expectation& expectation, std::vector<double> values);

}  // namespace lutra
