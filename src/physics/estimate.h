#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "base/json.h"

namespace lutra {

/// A measured number with its central confidence interval. All three are NaN when nothing could be measured.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double lo = std::numeric_limits<double>::quiet_NaN();
  double hi = std::numeric_limits<double>::quiet_NaN();
};

/// `passed` of `total` events. 0 <= passed <= total.
struct Count {
  std::int64_t passed = 0;
  std::int64_t total = 0;
};

/// Probability content of an interval of +-1 standard deviation of a Gaussian: the default confidence of every
/// interval.
inline constexpr double one_sigma = 0.682689492137086;

/// passed / total with the Clopper-Pearson interval: lo and hi are the probabilities at which a result as high, or as
/// low, as the seen one has probability (1 - confidence) / 2. It never covers less than `confidence`, also for
/// fractions near 0 (fakes) and 1 (plateau), where Wilson and Gaussian intervals cover too little: "fake rate below
/// 2 %" must not rest on a lucky interval. Cost: it is a little too wide for few events. 0 < confidence < 1.
Estimate proportion(Count count, double confidence = one_sigma);

/// value, or null for NaN (JSON has no NaN).
Json number_or_null(double value);

/// [lo, hi], with nulls when not measured.
Json interval_to_json(const Estimate& estimate);

/// {bins: edges, values: [...], intervals: [[lo, hi], ...]}.
Json curve_to_json(const std::vector<double>& edges, const std::vector<Estimate>& bins);

}  // namespace lutra
