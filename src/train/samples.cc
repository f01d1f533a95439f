#include "train/samples.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/hash.h"

namespace lutra {
namespace {

void check(const Dataset& data) {
  if (data.targets.empty()) throw Error("the data set has no targets", "nothing can be learned from it", "");
  const bool whole = data.inputs.size() == data.size() * data.input_size() &&
                     data.truth.size() == data.size() * data.targets.size() && data.window_start.size() == data.size();
  if (!whole) throw Error("the data set's arrays disagree in length", "", "Make the file again");
  if (!std::ranges::all_of(data.truth, [](float v) { return std::isfinite(v); }))
    throw Error("the data set's truth holds a value that is not finite", "", "Make the file again");
}

constexpr double lowest_truth = -0.5, highest_truth = 1.5;  // scaled

/// Events of a split whose muon, if there is one, left enough in the fragment; at most `limit` of them (0: all).
std::vector<std::uint32_t> events_of(const Dataset& data, Split split, const char* name, int limit,
                                     double min_containment) {
  const Column* muons = find_column(data, "muons");
  const Column* containment = find_column(data, "containment");
  std::vector<std::uint32_t> events;
  for (std::size_t e = 0; e < data.size(); ++e) {
    const bool lost = muons && containment && muons->values[e] > 0 && containment->values[e] < min_containment;
    if (data.split[e] == split && !lost) events.push_back(static_cast<std::uint32_t>(e));
  }
  if (events.empty())
    throw Error(std::string("the data set has no ") + name + " events", "", "Simulate more events or change the split");
  if (limit > 0 && events.size() > static_cast<std::size_t>(limit)) events.resize(static_cast<std::size_t>(limit));
  return events;
}

}  // namespace

float scaled_truth(const Target& target, double physical, double window_start) {
  return static_cast<float>(std::clamp(target.to_scaled(physical, window_start), lowest_truth, highest_truth));
}

Samples make_samples(const Dataset& data, const TrainConfig& config) {
  check(data);
  Samples samples;
  samples.data = &data;
  samples.targets = data.targets.size();
  samples.train = events_of(data, Split::train, "training", config.train_events, config.min_containment);
  samples.validation =
      events_of(data, Split::validation, "validation", config.validation_events, config.min_containment);
  const Column* muons = find_column(data, "muons");
  for (std::size_t e = 0; e < data.size(); ++e) {
    const bool empty = muons && muons->values[e] == 0;
    for (std::size_t t = 0; t < samples.targets; ++t) {
      const Target& target = data.targets[t];
      const bool position = target.step != 0;
      samples.truth.push_back(scaled_truth(target, data.truth[e * samples.targets + t], data.window_start[e]));
      samples.weight.push_back(!position ? 1.0f : empty ? 0.0f : static_cast<float>(config.position_weight));
    }
  }
  return samples;
}

double constant_loss(const Samples& samples) {
  double loss = 0;
  for (std::size_t t = 0; t < samples.targets; ++t) {
    double weight = 0, sum = 0, square = 0;
    for (const std::uint32_t e : samples.validation) {
      const double w = samples.weight_of(e)[t], y = samples.truth_of(e)[t];
      weight += w;
      sum += w * y;
      square += w * y * y;
    }
    if (weight > 0) loss += square - sum * sum / weight;
  }
  return loss / static_cast<double>(samples.targets * samples.validation.size());
}

std::string fingerprint(const Dataset& data) {
  StreamHash hash;
  hash.add(data.inputs.data(), data.inputs.size() * sizeof data.inputs[0]);
  hash.add(data.truth.data(), data.truth.size() * sizeof data.truth[0]);
  hash.add(data.window_start.data(), data.window_start.size() * sizeof data.window_start[0]);
  hash.add(data.split.data(), data.split.size() * sizeof data.split[0]);
  return hex(hash.digest());
}

}  // namespace lutra
