#include <fmt/format.h>

#include <memory>

#include "base/artifacts.h"
#include "base/file_error.h"
#include "base/lease.h"
#include "cli/commands.h"
#include "cli/summary.h"
#include "study/run_stages.h"
#include "study/stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct RunFlags {
  fs::path study, out, results;
  bool quick = false;
};

/// Copies what is worth keeping: the report can be drawn again without the run. What an earlier run left there is
/// replaced.
void keep_results(const fs::path& run, const fs::path& results) {
  const Lease lease(results, "lutra run --results");
  for (const ArtifactFile& file : artifact_files()) {
    if (file.keep == Keep::no) continue;
    remove_tree(results / file.path);
    if (fs::exists(run / file.path)) write_text_atomically(results / file.path, read_text(run / file.path));
  }
  write_text_atomically(results / "study.toml", read_text(run / "study.toml"));
}

int run_action(const RunFlags& flags, const Session& session) {
  const Study study = read_study(flags.study);
  const RunRequest request{flags.quick ? quick_study(study) : study, read_text(flags.study), flags.quick};
  const Lease lease(flags.out, "lutra run " + flags.study.string());
  run_pipeline(lease, run_stages(request, session.context()), session.context());
  if (!flags.results.empty()) keep_results(flags.out, flags.results);
  const Json verified = read_json(flags.out / "verify.json");
  const fs::path report = fs::absolute(flags.out / "report.html");
  session.report(fmt::format("\n{}\n  report: {}", run_table(flags.out), report.string()),
                 {{"report", report.string()},
                  {"metrics", read_json(flags.out / "metrics.json")},
                  {"verify", verified},
                  {"synth", read_json(flags.out / "synth.json")}});
  const bool equal = json_get<std::int64_t>(verified, "mismatches", "verify.json") == 0;
  return equal && checks_were_made(flags.out / "verify.json") ? 0 : 1;
}

}  // namespace

Command run_command() {
  return {"run", "Every stage of a study; skips what is up to date, resumes after a kill",
          "lutra run studies/demo.toml --out runs/demo", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<RunFlags>();
            app.add_option("study", flags->study, "Study file (TOML)")->required();
            app.add_option("--out", flags->out, "Folder of the run")->required();
            app.add_flag("--quick", flags->quick, "A tenth of the events and one seed instead of several");
            app.add_option("--results", flags->results,
                           "Copy what the report reads to this folder: lutra report draws it again from there");
            return [flags](const Session& session) { return run_action(*flags, session); };
          }};
}

Command study_command() {
  return {"study", "Print a study with every setting, its meaning, range and value",
          "lutra study studies/demo.toml > mine.toml", [](CLI::App& app) -> Action {
            auto path = std::make_shared<fs::path>();
            app.add_option("study", *path, "Study file; without one the defaults are shown");
            return [path](const Session& session) {
              Study study;
              if (!path->empty()) study = read_study(*path);
              const Describe all = [&](Fields& f) { describe(f, study); };
              session.report(config_template(all), config_to_json(all));
              return 0;
            };
          }};
}

}  // namespace lutra
