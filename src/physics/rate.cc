#include "physics/rate.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/contract.h"
#include "physics/turn_on.h"

namespace lutra {
namespace {

constexpr double bin_gev = 0.5;
constexpr double plateau_gev = 2;

double highest_pt(const Predictions& predictions) {
  double highest = 0;
  for (std::size_t i = 0; i < predictions.size(); ++i)
    if (predictions.has_muon[i]) highest = std::max(highest, predictions.true_pt_gev[i]);
  return highest;
}

/// Sum of flux x efficiency with the two sides of the interval added in quadrature.
class AcceptedFlux {
 public:
  void add(double flux_khz, const Estimate& efficiency) {
    value_ += flux_khz * efficiency.value;
    below_ = std::hypot(below_, flux_khz * (efficiency.value - efficiency.lo));
    above_ = std::hypot(above_, flux_khz * (efficiency.hi - efficiency.value));
  }
  Estimate sum() const { return {value_, value_ - below_, value_ + above_}; }

 private:
  double value_ = 0;
  double below_ = 0;
  double above_ = 0;
};

Estimate accepted_muons(const Predictions& predictions, double threshold_gev, const RateModel& model,
                        double confidence) {
  const double highest = highest_pt(predictions);
  if (highest <= model.lowest_pt_gev) return {};
  const int bins = static_cast<int>(std::ceil((highest - model.lowest_pt_gev) / bin_gev));
  std::vector<double> edges;
  for (int i = 0; i <= bins; ++i) edges.push_back(model.lowest_pt_gev + i * bin_gev);
  // The last bin must hold the hardest muon, whatever the rounding of its edge.
  edges.back() = std::nextafter(std::max(edges.back(), highest), std::numeric_limits<double>::infinity());

  AcceptedFlux accepted;
  Estimate efficiency{0, 0, 1};
  const std::vector<Count> counts = turn_on(predictions, threshold_gev, edges);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].total > 0) efficiency = proportion(counts[i], confidence);
    accepted.add(muon_flux_khz(model, edges[i], edges[i + 1]), efficiency);
  }
  const Count hardest = muons_above(predictions, threshold_gev, highest - plateau_gev, edges.back());
  accepted.add(muon_flux_khz(model, edges.back(), std::numeric_limits<double>::infinity()),
               proportion(hardest, confidence));
  return accepted.sum();
}

}  // namespace

void describe(Fields& f, RateModel& model) {
  f.number("muons_above_10gev_khz", model.muons_above_10gev_khz, {0, 1e6},
           "true muons above 10 GeV in the barrel [kHz]");
  f.number("spectrum_offset_gev", model.spectrum_offset_gev, {0, 100}, "dN/dpT ~ (pT + offset)^-power: offset [GeV]");
  f.number("spectrum_power", model.spectrum_power, {1.01, 20}, "dN/dpT ~ (pT + offset)^-power: power");
  f.number("lowest_pt_gev", model.lowest_pt_gev, {0.1, 10}, "softer muons do not reach the chambers [GeV]");
  f.number("crossing_rate_mhz", model.crossing_rate_mhz, {0, 1000}, "bunch crossings per second [MHz]");
  f.number("images_per_crossing", model.images_per_crossing, {1, 1000}, "trigger sectors read per crossing");
}

double muon_flux_khz(const RateModel& model, double lo_gev, double hi_gev) {
  expects(0 <= lo_gev && lo_gev <= hi_gev, "muon_flux_khz: 0 <= lo <= hi");
  // The integral of (pT + offset)^-power from pT upwards, in units of the one from 10 GeV upwards.
  const auto above = [&](double pt) {
    return std::pow((pt + model.spectrum_offset_gev) / (10 + model.spectrum_offset_gev), 1 - model.spectrum_power);
  };
  return model.muons_above_10gev_khz * (above(lo_gev) - (std::isinf(hi_gev) ? 0 : above(hi_gev)));
}

TriggerRate trigger_rate(const Predictions& predictions, double threshold_gev, const RateModel& model,
                         double confidence) {
  const Estimate fake = proportion(fakes_above(predictions, threshold_gev), confidence);
  const double images_khz = model.crossing_rate_mhz * 1000 * model.images_per_crossing;
  return {accepted_muons(predictions, threshold_gev, model, confidence),
          {images_khz * fake.value, images_khz * fake.lo, images_khz * fake.hi},
          muon_flux_khz(model, threshold_gev, std::numeric_limits<double>::infinity())};
}

}  // namespace lutra
