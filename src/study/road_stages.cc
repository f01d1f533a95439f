#include "study/road_stages.h"

#include <memory>

#include "base/error.h"
#include "event/dataset_file.h"
#include "model/ebops.h"
#include "roads/train_roads.h"
#include "study/network_entry.h"
#include "study/shared_data.h"
#include "teacher/read_guide.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// What all networks of the grid share, read when the first of them needs it.
class Shared {
 public:
  Shared(fs::path data, fs::path teacher) : data_file_(std::move(data)), teacher_file_(std::move(teacher)) {}

  const Dataset& data(const StageInputs& in) { return data_.all(in(data_file_)); }
  const Dataset& test(const StageInputs& in) { return data_.test(in(data_file_)); }
  /// What the teacher says about the pT of every event.
  const std::vector<double>& teacher_pt(const StageInputs& in, const Context& context) {
    if (teacher_pt_.empty())
      teacher_pt_ = lutra::teacher_pt(*read_guide(in(teacher_file_)), data(in), context.threads(), context.progress());
    return teacher_pt_;
  }

 private:
  fs::path data_file_, teacher_file_;
  SharedData data_;
  std::vector<double> teacher_pt_;
};

void run_point(const RoadPoint& point, const Study& study, Shared& shared, const StageInputs& in, const fs::path& dir,
               const Context& context) {
  const std::span<const double> pt = point.distilled() ? shared.teacher_pt(in, context) : std::span<const double>{};
  const Network network = train_roads(point.config, shared.data(in), pt, context.threads(), context.progress());
  write_network(dir / "network.json", network, echo(point.config));
  const Judged judged = judge(network, shared.test(in), study.metrics, study.compile, context);
  Json entry = entry_of({point.name(), "ours", "tables", 0, point.distilled() ? "float" : "none"}, network.input);
  entry["seed"] = point.config.seed;
  entry["ebops"] = effective_bit_operations(network);
  entry["metrics"] = metrics_to_json(judged.metrics);
  entry["hardware"] = point.synthesise ? synthesised_hardware(study.compile, dir / "network.json", dir, context)
                                       : estimated_hardware(judged);
  write_json_artifact(
      dir / entry_file, network_entry_kind,
      {{"roads", echo(point.config)}, {"metrics", echo(study.metrics)}, {"compile", echo(study.compile)}}, entry);
}

}  // namespace

Network train_road_network(const RoadConfig& config, const Dataset& data, const TeacherFiles& teacher,
                           const fs::path& folder, const Context& context) {
  std::vector<double> pt;
  if (config.truth_share < 1) {
    if (teacher.teacher.empty())
      throw Error("these roads learn from a teacher too", "roads.truth_share is below 1",
                  "Give --teacher FILE, or set it to 1");
    pt = teacher_pt(*teacher_guide(teacher, data, context), data, context.threads(), context.progress());
  }
  Network network = train_roads(config, data, pt, context.threads(), context.progress());
  write_network(folder / "network.json", network, echo(config));
  return network;
}

Json make_roads(const Study& study, const fs::path& data, const TeacherFiles& teacher, const fs::path& out,
                const Context& context) {
  const Dataset dataset = read_dataset(data).data;
  const Network network = train_road_network(study.roads, dataset, teacher, out, context);
  Json result = judged_to_json(judge(network, select(dataset, Split::test), study.metrics, study.compile, context));
  result["file"] = (out / "network.json").string();
  return result;
}

std::vector<Stage> road_stages(const Study& study, const fs::path& data, const fs::path& teacher,
                               const Context& context) {
  const auto shared = std::make_shared<Shared>(data, teacher);
  const auto copy = std::make_shared<const Study>(study);
  std::vector<Stage> stages;
  for (const RoadPoint& point : road_points(study.road_grid, study.roads)) {
    const std::string name = "roads/" + point.folder();
    stages.push_back({name,
                      point.distilled() ? std::vector{data, teacher} : std::vector{data},
                      {name + "/entry.json", name + "/network.json"},
                      {{"roads", settings(point.config)},
                       {"metrics", settings(study.metrics)},
                       {"compile", settings(study.compile)},
                       {"synthesise", point.synthesise}},
                      [=](const StageInputs& in, const fs::path& out) {
                        run_point(point, *copy, *shared, in, out / name, context);
                      }});
  }
  return stages;
}

}  // namespace lutra
