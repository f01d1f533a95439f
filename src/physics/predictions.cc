#include "physics/predictions.h"

#include <algorithm>
#include <optional>

#include "base/error.h"

namespace lutra {
namespace {

std::optional<std::size_t> target_index(const std::vector<Target>& targets, const std::string& name) {
  const auto found = std::ranges::find(targets, name, &Target::name);
  if (found == targets.end()) return std::nullopt;
  return static_cast<std::size_t>(found - targets.begin());
}

/// One target's column of [events][targets].
template <class T>
std::vector<double> column(std::span<const T> values, std::size_t targets, std::size_t target) {
  std::vector<double> column;
  for (std::size_t at = target; at < values.size(); at += targets) column.push_back(values[at]);
  return column;
}

}  // namespace

Predictions predictions_from(const Dataset& data, const std::vector<Target>& targets,
                             std::span<const double> physical) {
  const std::optional<std::size_t> pt = target_index(targets, "pt"), true_pt = target_index(data.targets, "pt");
  if (!pt || !true_pt)
    throw Error("the data set or the network has no target \"pt\"", "muon metrics need it",
                "Make it with lutra fragment");
  if (physical.size() != data.size() * targets.size())
    throw Error("the network does not fit the data set",
                std::to_string(physical.size()) + " outputs for " + std::to_string(data.size()) + " events of " +
                    std::to_string(targets.size()) + " targets",
                "Evaluate it on the data it was trained for");
  const std::span<const float> truth(data.truth);
  Predictions made;
  made.true_pt_gev = column(truth, data.targets.size(), *true_pt);
  made.pt_gev = column(physical, targets.size(), *pt);
  for (const double gev : made.true_pt_gev) made.has_muon.push_back(gev > 0 ? 1 : 0);
  if (const auto true_eta = target_index(data.targets, "eta")) {
    made.true_eta = column(truth, data.targets.size(), *true_eta);
    if (const auto eta = target_index(targets, "eta")) made.eta = column(physical, targets.size(), *eta);
  }
  if (const Column* containment = find_column(data, "containment"))
    made.containment.assign(containment->values.begin(), containment->values.end());
  return made;
}

}  // namespace lutra
