#include "physics/predictions.h"

#include <algorithm>
#include <optional>

#include "base/error.h"

namespace lutra {
namespace {

std::optional<std::size_t> target_index(const Dataset& data, const std::string& name) {
  const auto found =
      std::find_if(data.targets.begin(), data.targets.end(), [&](const Target& target) { return target.name == name; });
  if (found == data.targets.end()) return std::nullopt;
  return static_cast<std::size_t>(found - data.targets.begin());
}

struct TruthAndPrediction {
  std::vector<double> truth;
  std::vector<double> prediction;
};

TruthAndPrediction physical(const Dataset& data, std::span<const float> scaled, std::size_t target) {
  const std::size_t targets = data.targets.size();
  TruthAndPrediction both;
  for (std::size_t event = 0; event < data.size(); ++event) {
    const std::size_t at = event * targets + target;
    both.truth.push_back(data.truth[at]);
    both.prediction.push_back(data.targets[target].to_physical(scaled[at], data.window_start[event]));
  }
  return both;
}

}  // namespace

Predictions predictions_from(const Dataset& data, std::span<const float> scaled) {
  const std::optional<std::size_t> pt = target_index(data, "pt");
  if (!pt) throw Error("the data set has no target \"pt\"", "muon metrics need it", "Make it with lutra fragment");
  if (scaled.size() != data.size() * data.targets.size())
    throw Error("the network does not fit the data set",
                std::to_string(scaled.size()) + " outputs for " + std::to_string(data.size()) + " events of " +
                    std::to_string(data.targets.size()) + " targets",
                "Evaluate it on the data it was trained for");
  Predictions made;
  TruthAndPrediction pts = physical(data, scaled, *pt);
  for (const double truth : pts.truth) made.has_muon.push_back(truth > 0 ? 1 : 0);
  made.true_pt_gev = std::move(pts.truth);
  made.pt_gev = std::move(pts.prediction);
  if (const std::optional<std::size_t> eta = target_index(data, "eta")) {
    TruthAndPrediction etas = physical(data, scaled, *eta);
    made.true_eta = std::move(etas.truth);
    made.eta = std::move(etas.prediction);
  }
  if (const Column* containment = find_column(data, "containment"))
    made.containment.assign(containment->values.begin(), containment->values.end());
  return made;
}

}  // namespace lutra
