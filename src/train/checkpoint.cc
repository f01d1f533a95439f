#include "train/checkpoint.h"

#include "base/file_error.h"
#include "train/float_json.h"

namespace lutra {
namespace {

void check(const TrainState& s, const std::string& where) {
  const auto fail = [&](const char* why) {
    throw Error(where + " is not a checkpoint of this program", why, "Delete it");
  };
  const std::size_t size = s.parameters.size();
  if (s.adam.mean.size() != size || s.adam.variance.size() != size) fail("its arrays differ in length");
  if (s.best.size() != (s.history.epochs.empty() ? 0 : size)) fail("its best parameters differ in number");
  if (s.term_sums.size() != s.history.terms.size()) fail("its sums are not those of its loss terms");
  if (s.step_in_epoch < 0 || s.adam.step < s.step_in_epoch) fail("its steps are impossible");
  if (s.finished && s.history.epochs.empty()) fail("it is finished without an epoch");
}

}  // namespace

void write_checkpoint(const std::filesystem::path& path, const TrainState& s, const std::string& fingerprint) {
  Json body = {{"fingerprint", fingerprint},
               {"parameters", floats_to_json(s.parameters)},
               {"mean", floats_to_json(s.adam.mean)},
               {"variance", floats_to_json(s.adam.variance)},
               {"step", s.adam.step},
               {"best", floats_to_json(s.best)},
               {"best_loss", s.best_loss},
               {"first_loss", s.first_loss},
               {"step_in_epoch", s.step_in_epoch},
               {"term_sums", s.term_sums},
               {"loss_sum", s.loss_sum},
               {"best_epoch", s.best_epoch},
               {"history", history_to_json(s.history)},
               {"finished", s.finished}};
  write_json_artifact(path, checkpoint_kind, Json::object(), body);
}

std::optional<TrainState> read_checkpoint(const std::filesystem::path& path, const std::string& fingerprint) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  const Json body = read_json_artifact(path, checkpoint_kind).body;
  const std::string where = path.string();
  if (json_get<std::string>(body, "fingerprint", where) != fingerprint) return std::nullopt;
  TrainState s;
  s.parameters = floats_from_json(body, "parameters", where);
  s.adam.mean = floats_from_json(body, "mean", where);
  s.adam.variance = floats_from_json(body, "variance", where);
  s.adam.step = json_get<std::int64_t>(body, "step", where);
  s.best = floats_from_json(body, "best", where);
  s.best_loss = json_get<double>(body, "best_loss", where);
  s.first_loss = json_get<double>(body, "first_loss", where);
  s.step_in_epoch = json_get<std::int64_t>(body, "step_in_epoch", where);
  s.term_sums = json_get<std::vector<double>>(body, "term_sums", where);
  s.loss_sum = json_get<double>(body, "loss_sum", where);
  s.best_epoch = json_get<int>(body, "best_epoch", where);
  s.history = history_from_json(json_get<Json>(body, "history", where), where);
  s.finished = json_get<bool>(body, "finished", where);
  check(s, where);
  return s;
}

void set_aside(const std::filesystem::path& path, const std::string& why, const Progress& progress) {
  std::filesystem::path aside = path;
  aside += ".unreadable";
  move_to(path, aside);
  remark(progress, why + " " + path.filename().string() + " is kept as " + aside.filename().string() +
                       ", and this training starts anew.");
}

}  // namespace lutra
