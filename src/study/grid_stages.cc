#include "study/grid_stages.h"

#include <fmt/format.h>

#include <memory>

#include "base/artifacts.h"
#include "base/error.h"
#include "student/distill.h"
#include "study/network_entry.h"
#include "study/shared_data.h"
#include "teacher/read_guide.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
constexpr ArtifactKind networks_kind = artifact_kind("networks");

/// The file of the teacher, if there is one.
std::optional<fs::path> guide_file(const GridInputs& files, GuideKind kind) {
  switch (kind) {
    case GuideKind::none:
      return {};
    case GuideKind::float_teacher:
      return files.teacher;
    case GuideKind::quantized_teacher:
      return files.quantized_teacher;
  }
  return {};
}

/// What all students of a grid share, read when the first of them needs it.
class Shared {
 public:
  explicit Shared(GridInputs files) : files_(std::move(files)) {}

  const Dataset& data(const StageInputs& in) { return data_.all(in(files_.data)); }
  const Dataset& test(const StageInputs& in) { return data_.test(in(files_.data)); }
  /// nullptr without one.
  const Guide* guide(GuideKind kind, const StageInputs& in) {
    if (kind == GuideKind::none) return nullptr;
    std::unique_ptr<Guide>& guide = kind == GuideKind::float_teacher ? teacher_ : quantized_teacher_;
    if (!guide) guide = read_guide(in(*guide_file(files_, kind)));
    return guide.get();
  }
  GuidanceStore& guidance() { return guidance_; }

 private:
  GridInputs files_;
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
Json measure_point(const GridPoint& point, const Study& study, Shared& shared, const StageInputs& in,
                   const fs::path& dir, const Context& context) {
  Json entry = begin_entry(point, shared.data(in));
  try {
    const DistilledStudent student =
        distill_student(student_of(point, study.student), shared.data(in), shared.guide(point.guide, in), dir,
                        context.threads(), context.progress(), &shared.guidance());
    entry["restarts"] = student.restarts;
    entry["validation_loss"] = student.validation_loss;
    const Judged judged = judge(student.network, shared.test(in), study.metrics, study.compile, context);
    entry["metrics"] = metrics_to_json(judged.metrics);
    entry["hardware"] = point.synthesise ? synthesised_hardware(study.compile, dir / "network.json", dir, context)
                                         : estimated_hardware(judged);
  } catch (const StudentDied& died) {
    entry["died"] = died.what();
  }
  return entry;
}

void run_point(const GridPoint& point, const Study& study, Shared& shared, const StageInputs& in, const fs::path& dir,
               const Context& context) {
  const Json entry = measure_point(point, study, shared, in, dir, context);
  write_json_artifact(dir / entry_file, network_entry_kind,
                      {{"student", echo(student_of(point, study.student))},
                       {"metrics", echo(study.metrics)},
                       {"compile", echo(study.compile)}},
                      entry);
}

std::vector<fs::path> reads_of(const GridPoint& point, const GridInputs& files) {
  std::vector<fs::path> reads = {files.data};
  if (const auto guide = guide_file(files, point.guide)) reads.push_back(*guide);
  return reads;
}

}  // namespace

std::vector<Stage> grid_stages(const Study& study, const GridInputs& inputs, const Context& context) {
  const auto shared = std::make_shared<Shared>(inputs);
  const auto copy = std::make_shared<const Study>(study);
  std::vector<Stage> stages;
  for (const GridPoint& point : grid_points(study.grid)) {
    const std::string name = "students/" + point.folder();
    stages.push_back(
        {name,
         reads_of(point, inputs),
         {fs::path(name) / entry_file},
         {{"student", settings(student_of(point, study.student))},
          {"metrics", settings(study.metrics)},
          {"compile", settings(study.compile)},
          {"synthesise", point.synthesise}},
         [=](const StageInputs& in, const fs::path& out) { run_point(point, *copy, *shared, in, out / name, context); },
         1,
         true});
  }
  return stages;
}

std::vector<fs::path> entries_of(const std::vector<Stage>& stages) {
  std::vector<fs::path> entries;
  for (const Stage& stage : stages)
    for (const fs::path& path : stage.writes)
      if (path.filename() == entry_file) entries.push_back(path);
  return entries;
}

Json make_networks(const Study& study, const std::vector<fs::path>& entries, const fs::path& out) {
  Json list = Json::array();
  for (const fs::path& entry : entries) list.push_back(read_json_artifact(entry, network_entry_kind).body);
  const Json body = {{"networks", list}};
  write_json_artifact(out, networks_kind, echo(study), body);
  return body;
}

}  // namespace lutra
