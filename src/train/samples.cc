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
constexpr double least_truth = 2;                           // below it weights rise no more [unit of the target]

/// What every event counts (TaskConfig, times the data set's column "weight" if there is one), scaled to a mean of 1
/// over the training events.
std::vector<float> event_weights(const Dataset& data, const Samples& samples, const TaskConfig& task) {
  const Column* muons = find_column(data, "muons");
  const Column* given = find_column(data, "weight");
  const std::size_t first = samples.columns[0], targets = data.targets.size();
  const double reference = task.accept_at.empty() ? 1 : std::ranges::min(task.accept_at);
  std::vector<float> weights;
  for (std::size_t e = 0; e < data.size(); ++e) {
    const double truth = data.truth[e * targets + first];
    const bool empty = muons && muons->values[e] == 0;
    double weight =
        empty ? task.empty_weight : std::pow(std::max(truth, least_truth) / reference, -task.spectrum_power);
    if (!empty && !task.accept_at.empty() && truth < reference) weight *= task.low_weight;
    if (given) weight *= static_cast<double>(given->values[e]);
    weights.push_back(static_cast<float>(weight));
  }
  double sum = 0;
  for (const std::uint32_t e : samples.train) sum += static_cast<double>(weights[e]);
  if (!(sum > 0)) throw Error("all training events have weight 0", "", "Raise task.empty_weight");
  const auto scale = static_cast<float>(static_cast<double>(samples.train.size()) / sum);
  for (float& w : weights) w *= scale;
  return weights;
}

}  // namespace

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

/// Error unless exactly one of the targets is 1 in every event and the others are 0.
void check_classes(const Dataset& data, const std::vector<std::size_t>& columns) {
  const std::size_t targets = data.targets.size();
  bool one_hot = columns.size() > 1;
  for (std::size_t e = 0; one_hot && e < data.size(); ++e) {
    double sum = 0;
    for (const std::size_t t : columns) {
      const float value = data.truth[e * targets + t];
      one_hot = one_hot && (value == 0 || value == 1);
      sum += static_cast<double>(value);
    }
    one_hot = one_hot && sum == 1;
  }
  if (!one_hot)
    throw Error("task.classify_weight is set but the targets are no classes", "their truth is not one-hot",
                "Import the data with classes = ..., or set classify_weight = 0");
}

float scaled_truth(const Target& target, double physical, double window_start) {
  return static_cast<float>(std::clamp(target.to_scaled(physical, window_start), lowest_truth, highest_truth));
}

Samples make_samples(const Dataset& data, const TrainConfig& config, const TaskConfig& task) {
  check(data);
  Samples samples;
  samples.data = &data;
  samples.columns = predicted_targets(task, data);
  samples.targets = samples.columns.size();
  samples.value_weight = task.value_weight;
  samples.accept_weight = task.accept_weight;
  samples.classify_weight = task.classify_weight;
  samples.classes.slope = static_cast<float>(task.class_slope);
  if (task.classify_weight > 0) check_classes(data, samples.columns);
  samples.decision = make_decision(task, data.targets[samples.columns[0]]);
  samples.train = events_of(data, Split::train, "training", config.train_events, config.min_containment);
  samples.validation =
      events_of(data, Split::validation, "validation", config.validation_events, config.min_containment);
  samples.event_weight = event_weights(data, samples, task);
  const Column* muons = find_column(data, "muons");
  for (std::size_t e = 0; e < data.size(); ++e) {
    const bool empty = muons && muons->values[e] == 0;
    for (const std::size_t t : samples.columns) {
      const Target& target = data.targets[t];
      const bool of_muon = target.step != 0 || target.name == "charge";
      samples.truth.push_back(scaled_truth(target, data.truth[e * data.targets.size() + t], data.window_start[e]));
      samples.weight.push_back(samples.event_weight[e] * (!of_muon ? 1.0f
                                                          : empty  ? 0.0f
                                                                   : static_cast<float>(config.position_weight)));
    }
  }
  return samples;
}

double event_loss(const Samples& samples, std::uint32_t event, const float* out) {
  double value = 0;
  for (std::size_t t = 0; t < samples.targets; ++t) {
    const float error = out[t] - samples.truth_of(event)[t];
    value += static_cast<double>(samples.weight_of(event)[t] * error) * error;
  }
  double loss = samples.value_weight * value / static_cast<double>(samples.targets);
  if (samples.accept_weight > 0)
    loss += samples.accept_weight * static_cast<double>(samples.event_weight[event]) *
            samples.decision.loss(out[0], samples.truth_of(event)[0]);
  if (samples.classify_weight > 0)
    loss += samples.classify_weight * static_cast<double>(samples.event_weight[event]) *
            samples.classes.loss({out, samples.targets}, samples.truth_of(event));
  return loss;
}

double constant_loss(const Samples& samples) {
  std::vector<float> best(samples.targets);  // the weighted means: best for the squared error
  for (std::size_t t = 0; t < samples.targets; ++t) {
    double weight = 1e-12, sum = 0;
    for (const std::uint32_t e : samples.validation) {
      weight += samples.weight_of(e)[t];
      sum += static_cast<double>(samples.weight_of(e)[t]) * samples.truth_of(e)[t];
    }
    best[t] = static_cast<float>(sum / weight);
  }
  const auto loss = [&] {
    double total = 0;
    for (const std::uint32_t e : samples.validation) total += event_loss(samples, e, best.data());
    return total / static_cast<double>(samples.validation.size());
  };
  double least = loss();
  if (samples.classify_weight > 0) {  // the best scores are those of the classes' shares
    for (float& b : best) b = std::log(std::max(b, 1e-6f)) / samples.classes.slope;
    least = std::min(least, loss());
  }
  if (samples.accept_weight == 0) return least;
  constexpr int steps = 50;  // decisions have no closed form
  for (int s = 0; s <= steps; ++s) {
    best[0] = static_cast<float>(s) / steps;
    least = std::min(least, loss());
  }
  return least;
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
