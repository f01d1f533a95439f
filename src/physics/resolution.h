#pragma once
#include <vector>

#include "physics/estimate.h"
#include "physics/predictions.h"

namespace lutra {

/// Robust width of a sample: half the distance between its 15.87 % and 84.13 % quantiles, which is the standard
/// deviation for a Gaussian and does not care about far tails. The interval is value +- z sd with the asymptotic
/// standard deviation of quantiles: for sd_1, sd_2 of the two quantiles and their correlation p / (1 - p), p = 0.1587,
///   sd^2 = (sd_1^2 + sd_2^2 - 2 p / (1 - p) sd_1 sd_2) / 4,
/// where sd_1, sd_2 come from the sample itself (ranks n p +- sqrt(n p (1 - p))), so no shape is assumed.
/// NaN for fewer than 10 values.
Estimate robust_width(std::vector<double> values, double confidence = one_sigma);

/// Median; NaN for an empty sample.
double median(std::vector<double> values);

/// A distribution of residuals in bins of true pT.
struct ResidualCurve {
  std::vector<Estimate> width;  // robust_width of every bin
  std::vector<double> bias;     // median of every bin
};

/// (predicted - true) / true pT of muons with true pT in [lo, hi) GeV.
std::vector<double> pt_residuals(const Predictions& predictions, double lo_gev, double hi_gev);

/// predicted - true eta of muons with true pT in [lo, hi) GeV; empty when eta is not predicted.
std::vector<double> eta_residuals(const Predictions& predictions, double lo_gev, double hi_gev);

using Residuals = std::vector<double> (*)(const Predictions&, double, double);

ResidualCurve residual_curve(const Predictions& predictions, Residuals residuals, const std::vector<double>& edges_gev,
                             double confidence = one_sigma);

}  // namespace lutra
