#include "train/history.h"

#include "base/error.h"

namespace lutra {
namespace {

Json record_to_json(const EpochRecord& r) {
  return {{"stage", r.stage},           {"attempt", r.attempt},
          {"epoch", r.epoch},           {"learning_rate", r.learning_rate},
          {"train_loss", r.train_loss}, {"validation_loss", r.validation_loss},
          {"terms", r.terms},           {"gradient_norms", r.gradient_norms}};
}

EpochRecord record_from_json(const Json& json, const std::string& where) {
  EpochRecord r;
  r.stage = json_get<std::string>(json, "stage", where);
  r.attempt = json_get<int>(json, "attempt", where);
  r.epoch = json_get<int>(json, "epoch", where);
  r.learning_rate = json_get<double>(json, "learning_rate", where);
  r.train_loss = json_get<double>(json, "train_loss", where);
  r.validation_loss = json_get<double>(json, "validation_loss", where);
  r.terms = json_get<std::vector<double>>(json, "terms", where);
  r.gradient_norms = json_get<std::vector<double>>(json, "gradient_norms", where);
  return r;
}

}  // namespace

Json history_to_json(const History& history) {
  Json epochs = Json::array();
  for (const EpochRecord& record : history.epochs) epochs.push_back(record_to_json(record));
  return {{"terms", history.terms}, {"epochs", std::move(epochs)}};
}

History history_from_json(const Json& json, const std::string& where) {
  History history;
  history.terms = json_get<std::vector<std::string>>(json, "terms", where);
  const Json epochs = json_get<Json>(json, "epochs", where);
  if (!epochs.is_array()) throw Error(where + ": \"epochs\" must be a list", "", "");
  for (const Json& epoch : epochs) history.epochs.push_back(record_from_json(epoch, where));
  return history;
}

void write_history(const std::filesystem::path& path, const History& history, const Json& config) {
  write_json_artifact(path, history_kind, config, history_to_json(history));
}

History read_history(const std::filesystem::path& path) {
  return history_from_json(read_json_artifact(path, history_kind).body, path.string());
}

}  // namespace lutra
