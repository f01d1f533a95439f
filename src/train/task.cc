#include "train/task.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace lutra {
namespace {

float sigmoid(float v) { return 1 / (1 + std::exp(-v)); }

/// log(1 + e^v), without overflow.
double softplus(float v) { return std::max(v, 0.0f) + std::log1p(std::exp(-std::abs(static_cast<double>(v)))); }

/// Of a yes with probability p.
double entropy(double p) { return p <= 0 || p >= 1 ? 0 : -p * std::log(p) - (1 - p) * std::log(1 - p); }

}  // namespace

void describe(Fields& f, TaskConfig& c) {
  f.text("outputs", c.outputs, "what the network predicts: all targets, or the name of one (\"pt\")");
  f.number("value_weight", c.value_weight, {0, 1e6}, "weight of the squared scaled error");
  f.number("accept_weight", c.accept_weight, {0, 1e6}, "weight of the logistic loss of the accept decisions");
  f.numbers("accept_at", c.accept_at, {-1e9, 1e9}, "thresholds to decide at, on the first output [its unit]");
  f.number("accept_width", c.accept_width, {1e-6, 1e9}, "width of the logistic function [unit of the first output]");
  f.number("label_width", c.label_width, {0, 1e9}, "width of the labels' step at a threshold; 0: yes or no");
  f.number("empty_weight", c.empty_weight, {0, 1e6}, "weight of events without a muon; other events have 1");
  f.number("low_weight", c.low_weight, {0, 1e6}, "weight of muons below every threshold; other muons have 1");
  f.number("spectrum_power", c.spectrum_power, {-10, 10},
           "weights of muons fall as truth^-power, as a falling spectrum; 0: all alike");
  f.number("classify_weight", c.classify_weight, {0, 1e6},
           "above 0 the outputs are scores of classes and the network ends in argmax: weight of the cross entropy");
  f.number("class_slope", c.class_slope, {0.1, 100}, "probabilities are softmax(class_slope x scores)");
}

float Decision::label(float reference, float threshold) const {
  if (std::isinf(label_slope)) return reference > threshold ? 1.0f : 0.0f;
  return sigmoid(label_slope * (reference - threshold));
}

double Decision::loss(float out, float reference) const {
  double sum = 0;
  for (const float t : thresholds) {
    const float logit = slope * (out - t);
    const double wanted = label(reference, t);
    sum += softplus(logit) - wanted * logit - entropy(wanted);
  }
  return sum;
}

float Decision::gradient(float out, float reference) const {
  float sum = 0;
  for (const float t : thresholds) sum += slope * (sigmoid(slope * (out - t)) - label(reference, t));
  return sum;
}

std::vector<std::size_t> predicted_targets(const TaskConfig& config, const Dataset& data) {
  std::vector<std::size_t> chosen;
  for (std::size_t t = 0; t < data.targets.size(); ++t)
    if (config.outputs == "all" || config.outputs == data.targets[t].name) chosen.push_back(t);
  if (chosen.empty())
    throw Error("task.outputs: the data set has no target \"" + config.outputs + "\"", "",
                "Name one of its targets, or \"all\"");
  return chosen;
}

Decision make_decision(const TaskConfig& config, const Target& target) {
  Decision decision;
  decision.slope = static_cast<float>((target.hi - target.lo) / config.accept_width);
  decision.label_slope = config.label_width > 0 ? static_cast<float>((target.hi - target.lo) / config.label_width)
                                                : std::numeric_limits<float>::infinity();
  for (const double at : config.accept_at) {
    const double scaled = target.to_scaled(at, 0);
    if (scaled < 0 || scaled > 1)
      throw Error("task.accept_at: " + std::to_string(at) + " is outside the range of \"" + target.name + "\"", "", "");
    decision.thresholds.push_back(static_cast<float>(scaled));
  }
  if (config.accept_weight > 0 && decision.thresholds.empty())
    throw Error("task.accept_weight is set but there is no threshold", "", "Set task.accept_at = [10]");
  return decision;
}

}  // namespace lutra
