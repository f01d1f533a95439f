#include <fmt/format.h>

#include <memory>

#include "base/artifact.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/pipeline.h"
#include "cli/stages.h"
#include "cli/summary.h"
#include "report/report.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct RunFlags {
  fs::path study, out;
};

void make_study_echo(const fs::path& study, const fs::path& out) { write_text_atomically(out, read_text(study)); }

/// The whole data flow (docs/architecture.md), with every file at its place in the run's folder.
std::vector<Stage> stages_of(const Study& settings, const RunFlags& flags, const Session& session) {
  const auto study = std::make_shared<const Study>(settings);  // shared by the stages, which outlive this call
  const fs::path dir = flags.out;
  const EvaluationInputs inputs{dir / "student/network.json", dir / "fragments.h5", dir / "teacher/teacher.json"};
  const Json simulation = {{"simulation", echo(study->simulation)}, {"seed", study->seed}, {"events", study->events}};
  return {
      {"study",
       {},
       {"study.toml"},
       {{"text", read_text(flags.study)}},
       [=] { make_study_echo(flags.study, dir / "study.toml"); }},
      {"simulate",
       {},
       {"events.h5"},
       simulation,
       [=] {
         make_events(*study, {0, static_cast<std::uint64_t>(study->events)}, dir / "events.h5", session);
       }},
      {"fragment",
       {"simulate"},
       {"fragments.h5"},
       echo(study->fragment),
       [=] { make_fragments(study->fragment, dir / "events.h5", dir / "fragments.h5", session); }},
      {"train",
       {"fragment"},
       {"teacher/teacher.json", "teacher/history.json"},
       echo(study->teacher),
       [=] { make_teacher(study->teacher, dir / "fragments.h5", dir / "teacher", session); }},
      {"distill",
       {"fragment", "train"},
       {"student/network.json", "student/history.json"},
       echo(study->student),
       [=] {
         make_student(study->student, dir / "fragments.h5", dir / "teacher/teacher.json", dir / "student", session);
       }},
      {"compile",
       {"distill"},
       {"rtl"},
       echo(study->compile),
       [=] { make_rtl(study->compile, dir / "student/network.json", dir / "rtl", session); }},
      {"verify",
       {"compile", "fragment"},
       {"verify.json"},
       echo(study->verify),
       [=] {
         make_verification(study->verify, {inputs.network, dir / "rtl", inputs.data}, dir / "verify.json", session);
       }},
      {"synth",
       {"compile"},
       {"synth.json"},
       Json::object(),
       [=] { make_synthesis(dir / "rtl", {}, dir / "synth.json", session); }},
      {"evaluate",
       {"train", "distill"},
       {"metrics.json"},
       echo(study->metrics),
       [=] { make_metrics(study->metrics, inputs, dir / "metrics.json", session); }},
      {"references",
       {"simulate", "fragment"},
       {"references.json"},
       echo(study->metrics),
       [=] {
         make_references(study->metrics, dir / "events.h5", dir / "fragments.h5", dir / "references.json", session);
       }},
      {"display",
       {"simulate", "train", "distill"},
       {"displays.json"},
       {{"events", study->displayed_events}},
       [=] { make_displays(study->displayed_events, dir / "events.h5", inputs, dir / "displays.json", session); }},
      {"report",
       {"study", "train", "distill", "compile", "verify", "synth", "evaluate", "references", "display"},
       {"report.html"},
       Json::object(),
       [=] { write_report({dir}, dir / "report.html"); }},
  };
}

int run_action(const RunFlags& flags, const Session& session) {
  const Study study = read_study(flags.study);
  run_pipeline(flags.out, stages_of(study, flags, session), session);
  const Json verified = read_json(flags.out / "verify.json");
  const fs::path report = fs::absolute(flags.out / "report.html");
  session.report(fmt::format("\n{}\n  report: {}", run_table(flags.out), report.string()),
                 {{"report", report.string()},
                  {"metrics", read_json(flags.out / "metrics.json")},
                  {"verify", verified},
                  {"synth", read_json(flags.out / "synth.json")}});
  return json_get<std::int64_t>(verified, "mismatches", "verify.json") == 0 ? 0 : 1;
}

}  // namespace

Command run_command() {
  return {"run", "Every stage of a study; skips what is up to date, resumes after a kill",
          "lutra run studies/demo.toml --out runs/demo", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<RunFlags>();
            app.add_option("study", flags->study, "Study file (TOML)")->required();
            app.add_option("--out", flags->out, "Folder of the run")->required();
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
