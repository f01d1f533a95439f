#pragma once
#include "base/config.h"
#include "physics/estimate.h"
#include "physics/predictions.h"

namespace lutra {

/// What reaches the barrel trigger at high luminosity. Our own parametrisation (docs/metrics.md): the absolute scale is
/// an order of magnitude, ratios between algorithms are what it is for.
struct RateModel {
  double muons_above_10gev_khz = 15;  // true muons with pT > 10 GeV crossing the barrel per second, in thousands
  double spectrum_offset_gev = 4;     // dN/dpT ~ (pT + offset)^-power
  double spectrum_power = 6.5;
  double lowest_pt_gev = 3;  // softer muons stop in the calorimeter
  double crossing_rate_mhz = 40;
  double images_per_crossing = 32;  // 16 sectors in phi x 2 sides in eta
};

void describe(Fields& f, RateModel& model);

/// Muons per second [kHz] with pT in [lo, hi) GeV; hi may be infinite. 0 <= lo <= hi.
double muon_flux_khz(const RateModel& model, double lo_gev, double hi_gev);

struct TriggerRate {
  Estimate muon_khz;    // accepted muons
  Estimate fake_khz;    // accepted images without a muon
  double true_khz = 0;  // muons really above the threshold: what a perfect trigger would accept
};

/// Accepted rate at a threshold. Muon part: sum over half-GeV bins of true pT of flux x efficiency; muons beyond the
/// sample's highest pT count with the efficiency of the sample's uppermost 2 GeV, bins without events with that of the
/// nearest lower filled bin. Fake part: crossing rate x images x fake rate, every image being empty of muons to first
/// order. Intervals: Clopper-Pearson per bin, added in quadrature.
TriggerRate trigger_rate(const Predictions& predictions, double threshold_gev, const RateModel& model,
                         double confidence = one_sigma);

}  // namespace lutra
