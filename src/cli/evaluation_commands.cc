#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/summary.h"
#include "report/report.h"
#include "study/stages.h"

namespace lutra {
namespace {

struct EvaluateFlags {
  EvaluationInputs inputs;
  std::filesystem::path out, study;
};

int evaluate_action(const EvaluateFlags& flags, const Session& session) {
  const MetricsConfig config = flags.study.empty() ? MetricsConfig{} : read_study(flags.study).metrics;
  const Json result = make_metrics(config, flags.inputs, flags.out, session.context());
  session.report(metrics_table(result) + "\n" + flags.out.string(), result);
  return 0;
}

struct ReferenceFlags {
  std::filesystem::path events, data, out, study;
};

int references_action(const ReferenceFlags& flags, const Session& session) {
  const MetricsConfig config = flags.study.empty() ? MetricsConfig{} : read_study(flags.study).metrics;
  const Json result = make_references(config, flags.events, flags.data, flags.out, session.context());
  session.report(metrics_table(result) + "\n" + flags.out.string(), result);
  return 0;
}

struct ReportFlags {
  std::vector<std::filesystem::path> runs;
  std::filesystem::path out;
};

int report_action(const ReportFlags& flags, const Session& session) {
  write_report(flags.runs, flags.out);
  session.report("report in " + flags.out.string(),
                 {{"file", flags.out.string()}, {"bytes", std::filesystem::file_size(flags.out)}});
  return 0;
}

}  // namespace

Command evaluate_command() {
  return {"evaluate", "Measure turn-on, fakes, leakage and resolution on the test events",
          "lutra evaluate student/network.json --data fragments.h5 --teacher teacher/teacher.json --out metrics.json",
          [](CLI::App& app) -> Action {
            auto flags = std::make_shared<EvaluateFlags>();
            app.add_option("network", flags->inputs.network, "Quantized network (network.json)")->required();
            app.add_option("--data", flags->inputs.data, "Data set (HDF5)")->required();
            app.add_option("--teacher", flags->inputs.teacher.teacher, "Measure this teacher too, of any kind");
            app.add_option("--events", flags->inputs.teacher.events,
                           "Events that the data set was made from, for a teacher of whole images");
            app.add_option("--study", flags->study, "Take the [metrics] section of this study");
            app.add_option("--out", flags->out, "Metrics file to write (JSON)")->required();
            return [flags](const Session& session) { return evaluate_action(*flags, session); };
          }};
}

Command references_command() {
  return {"references", "Measure triggers that need no training on the same test events",
          "lutra references events.h5 --data fragments.h5 --out references.json", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<ReferenceFlags>();
            app.add_option("events", flags->events, "Events file (HDF5)")->required();
            app.add_option("--data", flags->data, "Data set made from it: its test events are used (HDF5)")->required();
            app.add_option("--study", flags->study, "Take the [metrics] section of this study");
            app.add_option("--out", flags->out, "File to write (JSON)")->required();
            return [flags](const Session& session) { return references_action(*flags, session); };
          }};
}

Command report_command() {
  return {"report", "One HTML page from one run, or from several side by side",
          "lutra report runs/demo --out report.html", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<ReportFlags>();
            app.add_option("runs", flags->runs, "Run folders")->required();
            app.add_option("--out", flags->out, "HTML file to write")->required();
            return [flags](const Session& session) { return report_action(*flags, session); };
          }};
}

}  // namespace lutra
