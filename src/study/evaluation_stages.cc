#include <algorithm>
#include <limits>
#include <span>

#include "base/error.h"
#include "event/dataset_file.h"
#include "physics/answers.h"
#include "study/predict.h"
#include "study/stages.h"
#include "train/network_guide.h"

namespace lutra {
namespace {

/// Metrics of outputs in physical units, [events][targets]. Only networks of fragments have a containment.
Json measure(const Dataset& test, const std::vector<Target>& targets, const std::vector<double>& outputs,
             bool of_fragments, const MetricsConfig& config) {
  Predictions predictions = predictions_from(test, targets, outputs);
  if (!of_fragments) predictions.containment.clear();
  Json metrics = metrics_to_json(evaluate_metrics(predictions, config));
  const auto charge = std::ranges::find(targets, "charge", &Target::name);
  if (charge == targets.end()) return metrics;
  std::vector<double> charges;
  for (std::size_t at = static_cast<std::size_t>(charge - targets.begin()); at < outputs.size(); at += targets.size())
    charges.push_back(outputs[at]);
  const Estimate right = charge_accuracy(test, charges, config.confidence);
  metrics["charge_accuracy"] = number_or_null(right.value);
  metrics["charge_accuracy_interval"] = interval_to_json(right);
  return metrics;
}

/// The number of a class, or the place of the largest score.
std::size_t class_of(std::span<const double> answer) {
  if (answer.size() > 1) return static_cast<std::size_t>(std::ranges::max_element(answer) - answer.begin());
  if (!(answer[0] >= 0 && answer[0] < std::numeric_limits<std::int32_t>::max()))
    throw Error("the network answers with class " + std::to_string(answer[0]), "there is none", "");
  return static_cast<std::size_t>(answer[0]);
}

/// Metrics of a classifier that gives the number of a class, or one score per class.
Json measure_classes(const Dataset& test, const std::vector<double>& outputs, const MetricsConfig& config) {
  const std::size_t width = outputs.size() / std::max<std::size_t>(test.size(), 1);
  std::vector<std::size_t> classes;
  for (std::size_t at = 0; at < outputs.size(); at += width)
    classes.push_back(class_of(std::span(outputs).subspan(at, width)));
  return class_metrics_to_json(evaluate_classes(test, classes, config.confidence));
}

}  // namespace

Json make_metrics(const MetricsConfig& config, const EvaluationInputs& inputs, const std::filesystem::path& out,
                  const Context& context) {
  const NetworkFile network = read_network(inputs.network);
  const Dataset all = read_dataset(inputs.data).data;
  const Dataset test = select(all, Split::test);
  const auto measured = [&](const std::vector<Target>& targets, const std::vector<double>& outputs,
                            bool of_fragments = true) {
    return is_classifier(network.network) ? measure_classes(test, outputs, config)
                                          : measure(test, targets, outputs, of_fragments, config);
  };
  Json body = Json::object();
  if (!inputs.teacher.teacher.empty()) {
    const TeacherOutputs teacher = teacher_outputs(inputs.teacher, all, Split::test, context);
    body["teacher"] = measured(all.targets, teacher.physical, !teacher.of_whole_images);
  }
  body["student"] = measured(network.network.targets, network_outputs(network.network, test, context));
  write_json_artifact(out, metrics_kind, {{"metrics", echo(config)}, {"network", network.config}}, body);
  return body;
}

}  // namespace lutra
