#include "physics/turn_on.h"

#include <algorithm>

#include "base/contract.h"

namespace lutra {

std::vector<double> published_bins_gev() { return {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20}; }

Count muons_above(const Predictions& predictions, double threshold_gev, double lo_gev, double hi_gev) {
  Count count;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const double truth = predictions.true_pt_gev[i];
    if (!predictions.has_muon[i] || truth < lo_gev || truth >= hi_gev) continue;
    ++count.total;
    count.passed += predictions.pt_gev[i] > threshold_gev;
  }
  return count;
}

Count fakes_above(const Predictions& predictions, double threshold_gev) {
  Count count;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (predictions.has_muon[i]) continue;
    ++count.total;
    count.passed += predictions.pt_gev[i] > threshold_gev;
  }
  return count;
}

std::vector<Count> turn_on(const Predictions& predictions, double threshold_gev, const std::vector<double>& edges_gev) {
  expects(edges_gev.size() >= 2 && std::is_sorted(edges_gev.begin(), edges_gev.end()), "bin edges rise");
  std::vector<Count> bins(edges_gev.size() - 1);
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (!predictions.has_muon[i]) continue;
    const auto above = std::upper_bound(edges_gev.begin(), edges_gev.end(), predictions.true_pt_gev[i]);
    if (above == edges_gev.begin() || above == edges_gev.end()) continue;
    Count& bin = bins[static_cast<std::size_t>(above - edges_gev.begin()) - 1];
    ++bin.total;
    bin.passed += predictions.pt_gev[i] > threshold_gev;
  }
  return bins;
}

}  // namespace lutra
