#include "base/artifacts.h"
#include "event/dataset_file.h"
#include "student/learn_precision.h"
#include "study/judge.h"
#include "study/stages.h"

namespace lutra {
namespace {

constexpr ArtifactKind pareto_kind = artifact_kind("pareto");

/// The front as pareto.json shows it. All costs are estimates, so that points can be compared; the chosen network
/// also has its LUTs by Yosys.
Json pareto_points(const LearnedStudents& students, const Dataset& test, const Study& study,
                   const std::filesystem::path& out, const Context& context) {
  Json points = Json::array();
  for (std::size_t k = 0; k < students.front.size(); ++k) {
    const FrontPoint& point = students.front[k];
    const std::string file = "front-" + std::to_string(k) + ".json";
    Json entry = {{"name", study.learned.name + " " + std::to_string(k)},
                  {"network", file},
                  {study.learned.learn.cost, point.cost}};
    entry.update(judged_to_json(judge(point.network, test, study.metrics, study.compile, context)));
    entry["chosen"] = k == students.chosen;
    if (k == students.chosen) entry["lut"] = synthesise_network(out / file, study.compile, context).lut();
    points.push_back(std::move(entry));
  }
  return points;
}

}  // namespace

Json make_front(const Study& study, const std::filesystem::path& data, const TeacherFiles& teacher,
                const FrontOutputs& out, const Context& context) {
  const Dataset dataset = read_dataset(data).data;
  const std::unique_ptr<Guide> guide = guide_for(study.learned, teacher, dataset, context);
  const LearnedStudents students =
      learn_precision(study.learned, dataset, guide.get(), out.folder, context.threads(), context.progress());
  const Json points = pareto_points(students, select(dataset, Split::test), study, out.folder, context);
  write_json_artifact(
      out.pareto, pareto_kind,
      {{"learned", echo(study.learned)}, {"compile", echo(study.compile)}, {"metrics", echo(study.metrics)}},
      {{"cost_unit", "LUT, estimated"}, {"points", points}});
  return {{"networks", points.size()},
          {"chosen", points[students.chosen]},
          {"file", (out.folder / "network.json").string()},
          {"pareto", out.pareto.string()}};
}

}  // namespace lutra
