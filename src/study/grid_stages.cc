#include "study/grid_stages.h"

#include <fmt/format.h>

#include <memory>

#include "base/error.h"
#include "student/distill.h"
#include "study/network_entry.h"
#include "study/shared_data.h"
#include "teacher/read_guide.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
constexpr ArtifactKind networks_kind{"networks", 1};

/// What all students of a grid share, read when the first of them needs it.
class Shared {
 public:
  explicit Shared(GridInputs inputs) : inputs_(std::move(inputs)), data_(inputs_.data) {}

  const Dataset& data() { return data_.all(); }
  const Dataset& test() { return data_.test(); }
  /// nullptr without one.
  const Guide* guide(GuideKind kind) {
    if (kind == GuideKind::none) return nullptr;
    const bool is_float = kind == GuideKind::float_teacher;
    std::unique_ptr<Guide>& guide = is_float ? teacher_ : quantized_teacher_;
    if (!guide) guide = read_guide(is_float ? inputs_.teacher : inputs_.quantized_teacher);
    return guide.get();
  }
  GuidanceStore& guidance() { return guidance_; }

 private:
  GridInputs inputs_;
  SharedData data_;
  std::unique_ptr<Guide> teacher_, quantized_teacher_;
  GuidanceStore guidance_;
};

Json begin_entry(const GridPoint& point, const Dataset& data) {
  const char* teacher = point.guide == GuideKind::none            ? "none"
                        : point.guide == GuideKind::float_teacher ? "float"
                                                                  : "quantized";
  Json entry = entry_of({point.name(), "student", point.precision, point.bits, teacher}, {1, data.rows, data.cols});
  entry["seed"] = point.seed;
  entry["train_events"] = point.train_events;
  return entry;
}

/// Trains and measures; what a student that could not live leaves is the reason.
Json measure_point(const GridPoint& point, const Study& study, Shared& shared, const fs::path& dir,
                   const Context& context) {
  Json entry = begin_entry(point, shared.data());
  try {
    const DistilledStudent student =
        distill_student(student_of(point, study.student), shared.data(), shared.guide(point.guide), dir,
                        context.threads(), context.progress(), &shared.guidance());
    entry["restarts"] = student.restarts;
    entry["validation_loss"] = student.validation_loss;
    const Judged judged = judge(student.network, shared.test(), study.metrics, study.compile, context);
    entry["metrics"] = metrics_to_json(judged.metrics);
    entry["hardware"] =
        point.synthesise ? synthesised_hardware(study.compile, dir, context) : estimated_hardware(judged);
  } catch (const StudentDied& died) {
    entry["died"] = died.what();
  }
  return entry;
}

void run_point(const GridPoint& point, const Study& study, Shared& shared, const fs::path& dir,
               const Context& context) {
  const Json entry = measure_point(point, study, shared, dir, context);
  write_json_artifact(dir / "entry.json", network_entry_kind,
                      {{"student", echo(student_of(point, study.student))},
                       {"metrics", echo(study.metrics)},
                       {"compile", echo(study.compile)}},
                      entry);
}

std::vector<std::string> upstream_of(const GridPoint& point) {
  switch (point.guide) {
    case GuideKind::none:
      return {"fragment"};
    case GuideKind::float_teacher:
      return {"fragment", "train"};
    case GuideKind::quantized_teacher:
      return {"fragment", "train-quantized"};
  }
  return {};
}

}  // namespace

std::vector<Stage> grid_stages(const Study& study, const GridInputs& inputs, const fs::path& dir,
                               const Context& context) {
  const auto shared = std::make_shared<Shared>(inputs);
  const auto copy = std::make_shared<const Study>(study);
  std::vector<Stage> stages;
  for (const GridPoint& point : grid_points(study.grid)) {
    const std::string name = "students/" + point.folder();
    stages.push_back({name,
                      upstream_of(point),
                      {name + "/entry.json"},
                      {{"student", settings(student_of(point, study.student))},
                       {"metrics", settings(study.metrics)},
                       {"compile", settings(study.compile)},
                       {"synthesise", point.synthesise}},
                      [=] { run_point(point, *copy, *shared, dir / name, context); }});
  }
  return stages;
}

std::vector<std::string> names_of(const std::vector<Stage>& stages) {
  std::vector<std::string> names;
  for (const Stage& stage : stages) names.push_back(stage.name);
  return names;
}

Json make_networks(const Study& study, const std::vector<std::string>& folders, const fs::path& dir) {
  Json list = Json::array();
  for (const std::string& folder : folders)
    list.push_back(read_json_artifact(dir / folder / "entry.json", network_entry_kind).body);
  const Json body = {{"networks", list}};
  write_json_artifact(dir / "networks.json", networks_kind, echo(study), body);
  return body;
}

}  // namespace lutra
