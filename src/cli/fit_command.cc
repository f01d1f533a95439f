#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/artifact.h"
#include "cli/commands.h"
#include "report/report.h"
#include "study/fit.h"
#include "study/run_stages.h"
#include "study/stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct FitFlags {
  fs::path study, data, teacher, out;
  TriggerBudget budget;
};

/// Simulated events, fragments and teacher, as `lutra run` makes them.
void make_inputs(const Study& study, FitFlags& flags, const Lease& lease, const Session& session) {
  if (!flags.data.empty()) return;
  std::vector<Stage> stages = run_stages({study, read_text(flags.study)}, session.context());
  std::erase_if(stages, [&](const Stage& stage) {
    const bool teaches = stage.name == "train" && study.learned.distill.enabled && flags.teacher.empty();
    return stage.name != "simulate" && stage.name != "fragment" && !teaches;
  });
  run_pipeline(lease, stages, session.context());
  flags.data = flags.out / "fragments.h5";
  if (flags.teacher.empty() && study.learned.distill.enabled) flags.teacher = flags.out / "teacher/teacher.json";
}

std::string limit_text(double limit, const char* unit, double factor) {
  return limit > 0 ? fmt::format(" (at most {:g}{})", factor * limit, unit) : "";
}

/// "fakes 0.1 %", "fakes unknown".
std::string share_text(const char* name, const Json& share, double limit) {
  if (!share.is_number()) return fmt::format("{} unknown", name);
  return fmt::format("{} {:.3f} %{}", name, 100 * share.get<double>(), limit_text(limit, " %", 100));
}

/// Metrics beside their limits.
std::string physics_text(const Json& metrics, const TriggerBudget& budget) {
  return fmt::format("{}, {}, {}", share_text("fakes", metrics["fake_rate"], budget.max_fake),
                     share_text("leakage", metrics["leakage_below_7gev"], budget.max_leakage),
                     share_text("plateau", metrics["plateau"], 0));
}

std::string point_text(const Json& point, const TriggerBudget& budget) {
  const bool synthesised = point["lut"].is_number();
  return fmt::format("{} LUT{}{}, {:g} ns{}; on validation events: {}",
                     point[synthesised ? "lut" : "lut_estimate"].get<double>(), synthesised ? "" : " by estimate",
                     limit_text(budget.max_luts, "", 1), point["latency_ns"].get<double>(),
                     limit_text(budget.max_latency_ns, " ns", 1), physics_text(point, budget));
}

int fit_action(FitFlags flags, const Session& session) {
  const Study study = read_study(flags.study);
  const Lease lease(flags.out, "lutra fit " + flags.study.string());
  make_inputs(study, flags, lease, session);
  const Json fit = fit_network(study, flags.budget, flags.data, flags.teacher, lease, session.context());
  const Json& best = fit["tried"][fit["best"].get<std::size_t>()];
  const bool fits = fit["fits"].get<bool>();
  if (fits) write_report({flags.out}, flags.out / "report.html");
  session.report(fmt::format("{} of {} networks tried: {}\n  {}{}", fits ? "best" : "nothing fits; closest",
                             fit["tried"].size(), best["name"].get<std::string>(), point_text(best, flags.budget),
                             fits ? "\n  on test events: " + physics_text(fit["test"], flags.budget) : ""),
                 fit);
  return fits ? 0 : 1;
}

}  // namespace

Command fit_command() {
  return {"fit", "Budget in, best verified network out",
          "lutra fit studies/demo.toml --max-luts 1000 --max-latency-ns 25 --max-fake 0.005 --out fitted",
          [](CLI::App& app) -> Action {
            auto flags = std::make_shared<FitFlags>();
            app.add_option("study", flags->study, "Study file (TOML)")->required();
            app.add_option("--max-luts", flags->budget.max_luts, "Most look-up tables, by Yosys; 0: no limit");
            app.add_option("--max-latency-ns", flags->budget.max_latency_ns, "Longest latency [ns]; 0: no limit");
            app.add_option("--max-fake", flags->budget.max_fake, "Highest fake rate, as a fraction; 0: no limit");
            app.add_option("--max-leakage", flags->budget.max_leakage,
                           "Highest accepted share of muons below 7 GeV; 0: no limit");
            app.add_option("--data", flags->data, "Data set (HDF5); without it the study's events are simulated");
            app.add_option("--teacher", flags->teacher, "Teacher file; without it one is trained if it is needed");
            app.add_option("--out", flags->out, "Folder; a search that was cut off goes on from it")->required();
            return [flags](const Session& session) { return fit_action(*flags, session); };
          }};
}

}  // namespace lutra
