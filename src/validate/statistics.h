#pragma once
#include <functional>
#include <span>

#include "validate/observations.h"
#include "validate/validate.h"

namespace lutra {

/// What is measured, as published, and the range in which the toy agrees.
struct Expectation {
  std::string quantity;
  std::string measured;
  double lo = 0, hi = 0;
};

struct ConfidenceInterval {
  double lo = 0, hi = 0;
};

/// 95 % Wilson interval of a fraction. share.all > 0.
ConfidenceInterval wilson(const Share& share);

/// A fraction with its 95 % Wilson interval.
Check fraction_check(const Expectation& expectation, const Share& share);

/// The mean of value(n) over counted whole numbers n, with 1.96 standard errors.
Check mean_check(const Expectation& expectation, const Counts& counts, const std::function<double(double)>& value);

/// A median with its distribution-free 95 % interval (order statistics at n/2 +- 0.98 sqrt(n)).
Check median_check(const Expectation& expectation, const Distribution& values);

/// How many numbers were counted.
std::uint64_t total(const Counts& counts);

/// Counts in classes that begin at these numbers; each but the last holds one number, the last all from there on.
std::vector<Share> in_classes(const Counts& counts, std::span<const int> classes);

}  // namespace lutra
