#include <fmt/format.h>

#include <memory>

#include "base/file_error.h"
#include "cli/commands.h"
#include "study/grid_stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct GridFlags {
  fs::path study, out;
  GridInputs inputs;
};

/// The given files as stages, and under the paths that these have.
std::vector<Stage> given_files(GridInputs& inputs) {
  std::vector<Stage> stages;
  for (const auto& [name, file] : {std::pair("data", &inputs.data), std::pair("teacher", &inputs.teacher),
                                   std::pair("quantized-teacher", &inputs.quantized_teacher)}) {
    if (file->empty()) continue;
    stages.push_back(given_file(name, *file));
    *file = stages.back().writes.front();
  }
  return stages;
}

int grid_action(const GridFlags& flags, const Session& session) {
  const Study study = read_study(flags.study);
  if (study.grid.empty()) throw Error(flags.study.string() + " has no [[grid]]", "", "See lutra study");
  GridInputs inputs = flags.inputs;
  std::vector<Stage> stages = given_files(inputs);
  const std::vector<Stage> students = grid_stages(study, inputs, session.context());
  for (const Stage& student : students)
    if (std::ranges::find(student.reads, fs::path()) != student.reads.end())
      throw Error("the grid distills from a teacher that was not given", student.name,
                  "Give --teacher and --quantized-teacher, or switch that teacher off in the grid");
  stages.insert(stages.end(), students.begin(), students.end());
  const Lease lease(flags.out, "lutra grid " + flags.study.string());
  run_pipeline(lease, stages, session.context());
  std::vector<fs::path> entries = entries_of(students);
  for (fs::path& entry : entries) entry = flags.out / entry;
  const Json networks = make_networks(study, entries, flags.out / "networks.json");
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
