#include "physics/estimate.h"

#include <cmath>

#include "base/contract.h"
#include "physics/beta.h"

namespace lutra {

Estimate proportion(Count count, double confidence) {
  expects(0 <= count.passed && count.passed <= count.total, "passed events are among all events");
  expects(0 < confidence && confidence < 1, "confidence is a probability");
  if (count.total == 0) return {};
  const double k = static_cast<double>(count.passed);
  const double n = static_cast<double>(count.total);
  const double tail = (1 - confidence) / 2;
  // P(K >= k | p) = I_p(k, n-k+1) and P(K <= k | p) = 1 - I_p(k+1, n-k).
  const double lo = count.passed == 0 ? 0 : beta_quantile(tail, k, n - k + 1);
  const double hi = count.passed == count.total ? 1 : beta_quantile(1 - tail, k + 1, n - k);
  return {k / n, lo, hi};
}

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json interval_to_json(const Estimate& estimate) {
  return Json::array({number_or_null(estimate.lo), number_or_null(estimate.hi)});
}

Json curve_to_json(const std::vector<double>& edges, const std::vector<Estimate>& bins) {
  expects(edges.size() == bins.size() + 1, "n bins have n + 1 edges");
  Json values = Json::array();
  Json intervals = Json::array();
  for (const Estimate& bin : bins) {
    values.push_back(number_or_null(bin.value));
    intervals.push_back(interval_to_json(bin));
  }
  return {{"bins", edges}, {"values", values}, {"intervals", intervals}};
}

}  // namespace lutra
