#include <fmt/format.h>

#include <memory>

#include "base/error.h"
#include "cli/commands.h"
#include "study/grid_stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct GridFlags {
  fs::path study, out;
  GridInputs inputs;
};

/// A file that was made elsewhere, as a stage that only looks whether it is there.
Stage given(const char* name, const fs::path& file) {
  const fs::path path = fs::absolute(file);
  return {name, {}, {path}, Json::object(), [path] {
            if (!fs::exists(path)) throw Error(path.string() + " does not exist", "", "Check the path");
          }};
}

int grid_action(const GridFlags& flags, const Session& session) {
  const Study study = read_study(flags.study);
  if (study.grid.empty()) throw Error(flags.study.string() + " has no [[grid]]", "", "See lutra study");
  std::vector<Stage> stages = {given("fragment", flags.inputs.data)};
  if (!flags.inputs.teacher.empty()) stages.push_back(given("train", flags.inputs.teacher));
  if (!flags.inputs.quantized_teacher.empty())
    stages.push_back(given("train-quantized", flags.inputs.quantized_teacher));
  const std::vector<Stage> students = grid_stages(study, flags.inputs, flags.out, session.context());
  for (const Stage& student : students)
    for (const std::string& needed : student.after)
      if (std::ranges::none_of(stages, [&](const Stage& s) { return s.name == needed; }))
        throw Error("the grid distills from a teacher that was not given", student.name,
                    "Give --teacher and --quantized-teacher, or switch that teacher off in the grid");
  stages.insert(stages.end(), students.begin(), students.end());
  run_pipeline(flags.out, stages, session.context());
  const Json networks = make_networks(study, names_of(students), flags.out);
  session.report(fmt::format("{} students in {}", students.size(), (flags.out / "networks.json").string()),
                 {{"networks", networks.at("networks").size()}, {"file", (flags.out / "networks.json").string()}});
  return 0;
}

}  // namespace

Command grid_command() {
  return {"grid", "Train, measure and cost every student of a study's grids: bits x teachers x seeds",
          "lutra grid studies/offshell.toml --data fragments.h5 --teacher teacher/teacher.json "
          "--quantized-teacher quantized/network.json --out grid",
          [](CLI::App& app) -> Action {
            auto flags = std::make_shared<GridFlags>();
            app.add_option("study", flags->study, "Study file (TOML)")->required();
            app.add_option("--data", flags->inputs.data, "Data set (HDF5)")->required();
            app.add_option("--teacher", flags->inputs.teacher, "Float teacher (teacher.json)");
            app.add_option("--quantized-teacher", flags->inputs.quantized_teacher, "Quantized teacher (network.json)");
            app.add_option("--out", flags->out,
                           "Folder to write networks.json and the students to; skips what is up to date")
                ->required();
            return [flags](const Session& session) { return grid_action(*flags, session); };
          }};
}

}  // namespace lutra
