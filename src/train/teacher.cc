#include "train/teacher.h"

#include <string>

#include "base/contract.h"
#include "base/error.h"
#include "train/float_json.h"

namespace lutra {

void describe(Fields& f, TeacherConfig& c) {
  f.group("train", "how the teacher is trained", [&] { describe(f, c.train); });
}

std::vector<TeacherLayer> teacher_layers(int rows, int cols, int targets) {
  expects(rows >= 2 && cols >= 4 && targets >= 1, "an image that survives two poolings");
  std::vector<TeacherLayer> layers = {{"conv1", 9, 10, rows, cols, 1, 0, 0, false},
                                      {"conv2", 90, 10, rows, cols, 1, 0, 0, false},
                                      {"conv3", 90, 17, rows, cols / 2, 2, 0, 0, false},
                                      {"conv4", 153, 17, rows, cols / 2, 2, 0, 0, false},
                                      {"conv5", 153, 17, rows, cols / 2, 2, 0, 0, false},
                                      {"dense1", 17 * (rows / 2) * (cols / 4), 10, 1, 1, 1, 0, 0, true},
                                      {"dense2", 10, 10, 1, 1, 1, 0, 0, true},
                                      {"output", 10, targets, 1, 1, 1, 0, 0, true}};
  std::size_t offset = 0;
  for (TeacherLayer& layer : layers) {
    layer.weight = offset;
    layer.bias = offset + static_cast<std::size_t>(layer.inputs) * static_cast<std::size_t>(layer.channels);
    offset = layer.bias + static_cast<std::size_t>(layer.channels);
  }
  return layers;
}

std::size_t teacher_parameters(int rows, int cols, int targets) {
  const TeacherLayer last = teacher_layers(rows, cols, targets).back();
  return last.bias + static_cast<std::size_t>(last.channels);
}

void write_teacher(const std::filesystem::path& path, const Teacher& teacher, const Json& config) {
  const Json body = {{"rows", teacher.rows},
                     {"cols", teacher.cols},
                     {"input_format", to_string(teacher.input_format)},
                     {"targets", targets_to_json(teacher.targets)},
                     {"parameters", floats_to_json(teacher.parameters)}};
  write_json_artifact(path, teacher_kind, config, body);
}

TeacherFile read_teacher(const std::filesystem::path& path) {
  JsonArtifact file = read_json_artifact(path, teacher_kind);
  const std::string where = path.string();
  Teacher teacher;
  teacher.rows = json_get<int>(file.body, "rows", where);
  teacher.cols = json_get<int>(file.body, "cols", where);
  teacher.input_format = parse_format(json_get<std::string>(file.body, "input_format", where), where);
  teacher.targets = targets_from_json(json_get<Json>(file.body, "targets", where), where);
  teacher.parameters = floats_from_json(file.body, "parameters", where);
  if (teacher.rows < 2 || teacher.cols < 4 || teacher.rows > 4096 || teacher.cols > 4096 || teacher.targets.empty())
    throw Error(where + " has an impossible shape", std::to_string(teacher.rows) + " x " + std::to_string(teacher.cols),
                "");
  const std::size_t need = teacher_parameters(teacher.rows, teacher.cols, static_cast<int>(teacher.targets.size()));
  if (teacher.parameters.size() != need)
    throw Error(where + " does not hold a whole teacher",
                std::to_string(teacher.parameters.size()) + " parameters instead of " + std::to_string(need), "");
  return {std::move(teacher), std::move(file.config)};
}

void check_fits(const Teacher& teacher, const Dataset& data) {
  const auto size = [](int rows, int cols) { return std::to_string(rows) + " x " + std::to_string(cols); };
  const std::string retrain = "Train a teacher on this data set";
  if (teacher.rows != data.rows || teacher.cols != data.cols)
    throw Error("the teacher reads " + size(teacher.rows, teacher.cols) + " images",
                "the data set has " + size(data.rows, data.cols), retrain);
  if (teacher.input_format != data.input_format)
    throw Error("the teacher reads inputs of format " + to_string(teacher.input_format),
                "the data set has " + to_string(data.input_format), retrain);
  if (teacher.targets != data.targets) throw Error("teacher and data set differ in their targets", "", retrain);
}

}  // namespace lutra
