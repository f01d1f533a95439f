#include "physics/answers.h"

#include <algorithm>

#include "base/error.h"

namespace lutra {
namespace {

std::size_t true_class(const Dataset& data, std::size_t event) {
  const auto truth = std::span(data.truth).subspan(event * data.targets.size(), data.targets.size());
  const auto found = std::ranges::find(truth, 1.0f);
  if (found == truth.end() || std::ranges::count(truth, 0.0f) != static_cast<std::ptrdiff_t>(truth.size()) - 1)
    throw Error("the data set holds no classes", "the truth of event " + std::to_string(event) + " is not one-hot",
                "Import it with classes = ...");
  return static_cast<std::size_t>(found - truth.begin());
}

}  // namespace

ClassMetrics evaluate_classes(const Dataset& data, std::span<const std::size_t> predicted, double confidence) {
  const std::size_t classes = data.targets.size();
  if (predicted.size() != data.size())
    throw Error(
        "there are " + std::to_string(predicted.size()) + " answers for " + std::to_string(data.size()) + " events", "",
        "");
  ClassMetrics metrics;
  for (const Target& target : data.targets) metrics.names.push_back(target.name);
  metrics.confusion.assign(classes, std::vector<std::int64_t>(classes));
  for (std::size_t e = 0; e < data.size(); ++e) {
    if (predicted[e] >= classes)
      throw Error("the network answers with class " + std::to_string(predicted[e]),
                  "the data set has " + std::to_string(classes) + " classes", "");
    ++metrics.confusion[true_class(data, e)][predicted[e]];
  }
  Count all;
  for (std::size_t k = 0; k < classes; ++k) {
    Count of_class{metrics.confusion[k][k], 0};
    for (const std::int64_t n : metrics.confusion[k]) of_class.total += n;
    metrics.efficiency.push_back(proportion(of_class, confidence));
    all.passed += of_class.passed;
    all.total += of_class.total;
  }
  metrics.accuracy = proportion(all, confidence);
  return metrics;
}

Json class_metrics_to_json(const ClassMetrics& metrics) {
  Json efficiency = Json::array();
  for (const Estimate& e : metrics.efficiency)
    efficiency.push_back({{"value", number_or_null(e.value)}, {"interval", interval_to_json(e)}});
  return {{"classes", metrics.names},
          {"accuracy", number_or_null(metrics.accuracy.value)},
          {"accuracy_interval", interval_to_json(metrics.accuracy)},
          {"efficiency", std::move(efficiency)},
          {"confusion", metrics.confusion}};
}

Estimate charge_accuracy(const Dataset& data, std::span<const double> charge, double confidence) {
  const Column* truth = find_column(data, "charge");
  if (!truth) return {};
  Count right;
  for (std::size_t e = 0; e < data.size(); ++e) {
    if (truth->values[e] == 0) continue;
    ++right.total;
    right.passed += (charge[e] > 0) == (truth->values[e] > 0);
  }
  return proportion(right, confidence);
}

}  // namespace lutra
