#include "teacher/teacher.h"

#include <string>

#include "base/error.h"
#include "train/float_json.h"

namespace lutra {

void describe(Fields& f, TeacherConfig& c) {
  f.group("train", "how the teacher is trained", [&] { describe(f, c.train); });
}

void write_teacher(const std::filesystem::path& path, const Teacher& teacher, const Json& config) {
  const Json body = {{"plan", to_string(teacher.plan)},
                     {"rows", teacher.rows},
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
  if (file.version >= 2) teacher.plan = parse_teacher_plan(json_get<std::string>(file.body, "plan", where), where);
  if (teacher.rows > 4096 || teacher.cols > 4096 || !fits_plan(teacher.shape()))
    throw Error(where + " has an impossible shape", std::to_string(teacher.rows) + " x " + std::to_string(teacher.cols),
                "");
  const std::size_t need = teacher_parameters(teacher.shape());
  if (teacher.parameters.size() != need)
    throw Error(where + " does not hold a whole teacher",
                std::to_string(teacher.parameters.size()) + " parameters instead of " + std::to_string(need), "");
  return {std::move(teacher), std::move(file.config)};
}

void check_fits(const Teacher& teacher, const Dataset& data) {
  const auto size = [](int rows, int cols) { return std::to_string(rows) + " x " + std::to_string(cols); };
  const std::string retrain = "Train a teacher on this data set";
  if (teacher.plan != TeacherPlan::fragment)
    throw Error("the teacher reads whole images", "the data set holds fragments of them",
                "Give the events file too (--events), or " + retrain);
  if (teacher.rows != data.rows || teacher.cols != data.cols)
    throw Error("the teacher reads " + size(teacher.rows, teacher.cols) + " images",
                "the data set has " + size(data.rows, data.cols), retrain);
  if (teacher.input_format != data.input_format)
    throw Error("the teacher reads inputs of format " + to_string(teacher.input_format),
                "the data set has " + to_string(data.input_format), retrain);
  if (teacher.targets != data.targets) throw Error("teacher and data set differ in their targets", "", retrain);
}

}  // namespace lutra
