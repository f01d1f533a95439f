#include "physics/resolution.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"
#include "physics/normal.h"

namespace lutra {
namespace {

constexpr double tail = (1 - one_sigma) / 2;

/// Linear interpolation between order statistics; `rank` counts from 0 and is clamped to the sample.
double at_rank(const std::vector<double>& sorted, double rank) {
  const double last = static_cast<double>(sorted.size() - 1);
  const double inside = std::clamp(rank, 0.0, last);
  const auto below = static_cast<std::size_t>(inside);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], inside - static_cast<double>(below));
}

struct Quantile {
  double value;
  double sd;
};

Quantile quantile(const std::vector<double>& sorted, double probability) {
  const double n = static_cast<double>(sorted.size());
  const double rank = probability * n - 0.5;
  const double rank_sd = std::sqrt(n * probability * (1 - probability));
  return {at_rank(sorted, rank), (at_rank(sorted, rank + rank_sd) - at_rank(sorted, rank - rank_sd)) / 2};
}

template <class Residual>
std::vector<double> residuals_of(const Predictions& predictions, double lo_gev, double hi_gev, Residual residual) {
  std::vector<double> values;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const double truth = predictions.true_pt_gev[i];
    if (predictions.has_muon[i] && truth >= lo_gev && truth < hi_gev) values.push_back(residual(i));
  }
  return values;
}

}  // namespace

Estimate robust_width(std::vector<double> values, double confidence) {
  constexpr std::size_t fewest = 10;
  if (values.size() < fewest) return {};
  std::sort(values.begin(), values.end());
  const Quantile low = quantile(values, tail);
  const Quantile high = quantile(values, 1 - tail);
  const double width = (high.value - low.value) / 2;
  const double correlation = tail / (1 - tail);
  const double sd = std::sqrt(low.sd * low.sd + high.sd * high.sd - 2 * correlation * low.sd * high.sd) / 2;
  const double reach = normal_quantile((1 + confidence) / 2) * sd;
  return {width, std::max(0.0, width - reach), width + reach};
}

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  return at_rank(values, (static_cast<double>(values.size()) - 1) / 2);
}

std::vector<double> pt_residuals(const Predictions& predictions, double lo_gev, double hi_gev) {
  return residuals_of(predictions, lo_gev, hi_gev,
                      [&](std::size_t i) { return predictions.pt_gev[i] / predictions.true_pt_gev[i] - 1; });
}

std::vector<double> eta_residuals(const Predictions& predictions, double lo_gev, double hi_gev) {
  if (predictions.eta.empty()) return {};
  return residuals_of(predictions, lo_gev, hi_gev,
                      [&](std::size_t i) { return predictions.eta[i] - predictions.true_eta[i]; });
}

ResidualCurve residual_curve(const Predictions& predictions, Residuals residuals, const std::vector<double>& edges_gev,
                             double confidence) {
  expects(edges_gev.size() >= 2, "at least one bin");
  ResidualCurve curve;
  for (std::size_t bin = 0; bin + 1 < edges_gev.size(); ++bin) {
    const std::vector<double> values = residuals(predictions, edges_gev[bin], edges_gev[bin + 1]);
    curve.width.push_back(robust_width(values, confidence));
    curve.bias.push_back(median(values));
  }
  return curve;
}

}  // namespace lutra
