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

/// One target's column of [events][targets].
template <class T>
std::vector<double> column(std::span<const T> values, std::size_t targets, std::size_t target) {
  std::vector<double> column;
  for (std::size_t at = target; at < values.size(); at += targets) column.push_back(values[at]);
  return column;
}

}  // namespace

Predictions predictions_from(const Dataset& data, std::span<const double> physical) {
  const std::optional<std::size_t> pt = target_index(data, "pt");
  if (!pt) throw Error("the data set has no target \"pt\"", "muon metrics need it", "Make it with lutra fragment");
  if (physical.size() != data.size() * data.targets.size())
    throw Error("the network does not fit the data set",
                std::to_string(physical.size()) + " outputs for " + std::to_string(data.size()) + " events of " +
                    std::to_string(data.targets.size()) + " targets",
                "Evaluate it on the data it was trained for");
  const std::size_t targets = data.targets.size();
  const std::span<const float> truth(data.truth);
  Predictions made;
  made.true_pt_gev = column(truth, targets, *pt);
  made.pt_gev = column(physical, targets, *pt);
  for (const double true_pt : made.true_pt_gev) made.has_muon.push_back(true_pt > 0 ? 1 : 0);
  if (const std::optional<std::size_t> eta = target_index(data, "eta")) {
    made.true_eta = column(truth, targets, *eta);
    made.eta = column(physical, targets, *eta);
  }
  if (const Column* containment = find_column(data, "containment"))
    made.containment.assign(containment->values.begin(), containment->values.end());
  return made;
}

}  // namespace lutra
