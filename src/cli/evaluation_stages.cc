#include "cli/predict.h"
#include "cli/stages.h"
#include "event/dataset_file.h"

namespace lutra {

Json make_metrics(const MetricsConfig& config, const EvaluationInputs& inputs, const std::filesystem::path& out,
                  const Session& session) {
  const NetworkFile network = read_network(inputs.network);
  const Dataset data = select(read_dataset(inputs.data).data, Split::test);
  Json body = Json::object();
  if (!inputs.teacher.empty())
    body["teacher"] = metrics_to_json(evaluate_metrics(teacher_predictions(inputs.teacher, data, session), config));
  body["student"] = metrics_to_json(evaluate_metrics(network_predictions(network.network, data, session), config));
  write_json_artifact(out, metrics_kind, {{"metrics", echo(config)}, {"network", network.config}}, body);
  return body;
}

}  // namespace lutra
