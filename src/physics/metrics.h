#pragma once
#include <vector>

#include "base/artifacts.h"
#include "base/config.h"
#include "physics/estimate.h"
#include "physics/predictions.h"
#include "physics/rate.h"
#include "physics/resolution.h"
#include "physics/turn_on.h"

namespace lutra {

struct MetricsConfig {
  double threshold_gev = 10;
  std::vector<double> bins_gev = published_bins_gev();
  double plateau_lo_gev = 15;
  double plateau_hi_gev = 20;
  /// Muons outside this |eta| point past the chambers (image: 0.065 to 1.044): they are nobody's inefficiency.
  double fiducial_eta_lo = 0.08;
  double fiducial_eta_hi = 1.03;
  double confidence = one_sigma;
  RateModel rate;
};

void describe(Fields& f, MetricsConfig& config);

/// Muons below this true pT [GeV] that are accepted are leakage. Fixed, because the key in metrics.json names it.
inline constexpr double leakage_limit_gev = 7;

/// Everything Lutra says about the quality of one algorithm (docs/metrics.md). NaN where there were no events. Muons
/// count inside the fiducial region only, except in plateau_all_eta.
struct Metrics {
  std::int64_t events = 0;
  std::int64_t muons = 0;
  double threshold_gev = 0;
  double confidence = 0;
  std::vector<double> bins_gev;
  std::vector<Count> counts;         // per bin: accepted muons of all muons
  std::vector<Estimate> efficiency;  // per bin
  Estimate plateau;
  Estimate plateau_all_eta;
  Estimate fake_rate;
  Estimate leakage;
  Estimate pt_resolution;
  Estimate eta_resolution;
  ResidualCurve pt_curve;
  ResidualCurve eta_curve;
  Estimate half_contained;  // share of muons with at least half of their hits in the fragment
  TriggerRate rate;
};

/// Error when there are no events, arrays disagree in length, the bins do not rise, or a prediction is not a number.
Metrics evaluate_metrics(const Predictions& all_predictions, const MetricsConfig& config);

/// One algorithm's entry of metrics.json; numbers that could not be measured are null.
Json metrics_to_json(const Metrics& metrics);

inline constexpr ArtifactKind metrics_kind = artifact_kind("metrics");

}  // namespace lutra
