#pragma once
#include <vector>

#include "physics/estimate.h"
#include "physics/predictions.h"

namespace lutra {

/// Bin edges of the published study [GeV].
std::vector<double> published_bins_gev();

/// Muons with true pT in [lo, hi) GeV; `passed` of them are predicted above the threshold (strictly).
Count muons_above(const Predictions& predictions, double threshold_gev, double lo_gev, double hi_gev);

/// Muon-less events; `passed` of them are predicted above the threshold (strictly).
Count fakes_above(const Predictions& predictions, double threshold_gev);

/// muons_above for every bin [edges[i], edges[i+1]). edges must rise.
std::vector<Count> turn_on(const Predictions& predictions, double threshold_gev, const std::vector<double>& edges_gev);

}  // namespace lutra
