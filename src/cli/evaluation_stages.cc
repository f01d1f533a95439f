#include "cli/predict.h"
#include "cli/stages.h"
#include "event/dataset_file.h"

namespace lutra {

Json make_metrics(const MetricsConfig& config, const EvaluationInputs& inputs, const std::filesystem::path& out,
                  const Session& session) {
  const NetworkFile network = read_network(inputs.network);
  const Dataset all = read_dataset(inputs.data).data;
  Json body = Json::object();
  const auto measure = [&](const Predictions& predictions) {
    return metrics_to_json(evaluate_metrics(predictions, config));
  };
  if (!inputs.teacher.teacher.empty())
    body["teacher"] = measure(teacher_predictions(inputs.teacher, all, Split::test, session));
  body["student"] = measure(network_predictions(network.network, select(all, Split::test), session));
  write_json_artifact(out, metrics_kind, {{"metrics", echo(config)}, {"network", network.config}}, body);
  return body;
}

}  // namespace lutra
