#include "study/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "base/artifacts.h"
#include "base/error.h"
#include "event/dataset_file.h"
#include "model/ebops.h"
#include "student/learn_precision.h"
#include "study/judge.h"
#include "study/pipeline.h"
#include "study/road_stages.h"
#include "study/stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr ArtifactKind tried_kind = artifact_kind("tried"), fit_kind = artifact_kind("fit"),
                       pareto_kind = artifact_kind("pareto");
// More than any network measured so far: nothing within the budget is left out.
constexpr double ebops_per_lut = 2.5, counted_per_lut = 1.5;
constexpr double estimate_margin = 1.1;  // the compiler's estimate may be this much too high
constexpr double caution = 0.8;          // validation and test events differ

/// One training: learned precision, which leaves a front of networks, or roads, which leave one.
struct Trial {
  std::string name;
  std::variant<StudentConfig, RoadConfig> config;

  Json settings() const {
    return std::visit([](const auto& c) { return lutra::settings(c); }, config);
  }
  Json echo() const {
    return std::visit([](const auto& c) { return lutra::echo(c); }, config);
  }
};

/// A network that a trial left, and the file it is in, relative to the trial's folder.
struct Found {
  Network network;
  std::string file;
};

Trial learned_trial(const Study& study, const TriggerBudget& budget, std::int64_t width, int seed) {
  StudentConfig config = study.learned;
  config.layer[config.layer.size() - 2].channels = static_cast<int>(width);
  config.train.seed += seed;
  const double per_lut = config.learn.cost == "luts" ? counted_per_lut : ebops_per_lut;
  if (budget.max_luts > 0) config.learn.dearest_ebops = per_lut * budget.max_luts;
  config.learn.max_ebops = 1e12;  // the search chooses
  if (!config.task.accept_at.empty()) {
    config.learn.working_point.max_fake = caution * budget.max_fake;
    config.learn.working_point.max_leakage = caution * budget.max_leakage;
  }
  return {fmt::format("width-{}-seed-{}", width, config.train.seed), config};
}

/// Roads first: they take seconds.
std::vector<Trial> trials_of(const Study& study, const TriggerBudget& budget) {
  if (study.learned.layer.size() < 2 && !study.fit.widths.empty())
    throw Error("fit varies the width of the layer before the last", "this network has a single layer",
                "Give [learned] at least two layers, or fit.widths = []");
  std::vector<Trial> trials;
  for (const std::int64_t roads : study.fit.roads) {
    RoadConfig config = study.roads;
    config.roads = static_cast<int>(roads);
    trials.push_back({fmt::format("roads-{}", roads), config});
  }
  for (int seed = 0; seed < study.fit.seeds; ++seed)
    for (const std::int64_t width : study.fit.widths) trials.push_back(learned_trial(study, budget, width, seed));
  if (trials.empty()) throw Error("fit has nothing to try", "fit.roads and fit.widths are empty", "Fill one of them");
  return trials;
}

/// Where a trial reads and writes.
struct TrialFiles {
  fs::path data, teacher, folder;
};

std::vector<Found> train(const StudentConfig& config, const Dataset& data, const TrialFiles& files,
                         const Context& context) {
  const auto guide = guide_for(config, files.teacher, data, context);
  const LearnedStudents students =
      learn_precision(config, data, guide.get(), files.folder, context.threads(), context.progress());
  std::vector<Found> found;
  for (std::size_t k = 0; k < students.front.size(); ++k)
    found.push_back({students.front[k].network, fmt::format("front-{}.json", k)});
  return found;
}

std::vector<Found> train(const RoadConfig& config, const Dataset& data, const TrialFiles& files,
                         const Context& context) {
  return {{train_road_network(config, data, files.teacher, files.folder, context), "network.json"}};
}

/// Trains, and judges the networks on validation events: tried.json in the trial's folder.
void make_trial(const Study& study, const Trial& trial, const TrialFiles& files, const Context& context) {
  const Dataset dataset = read_dataset(files.data).data;
  const std::vector<Found> all =
      std::visit([&](const auto& config) { return train(config, dataset, files, context); }, trial.config);
  const Dataset validation = select(dataset, Split::validation);
  Json points = Json::array();
  for (const Found& found : all) {
    Json point = {{"name", fmt::format("{}, {}", trial.name, points.size())},
                  {"network", fmt::format("trials/{}/{}", trial.name, found.file)},
                  {"ebops", effective_bit_operations(found.network)}};
    point.update(judged_to_json(judge(found.network, validation, study.metrics, study.compile, context)));
    points.push_back(std::move(point));
  }
  write_json_artifact(files.folder / "tried.json", tried_kind, trial.echo(), {{"points", points}});
}

Json run_trials(const Study& study, const std::vector<Trial>& trials, const fs::path& data, const fs::path& teacher,
                const Lease& lease, const Context& context) {
  std::vector<Stage> stages = {given_file("data", data)};
  if (!teacher.empty()) stages.push_back(given_file("teacher", teacher));
  std::vector<fs::path> inputs;
  for (const Stage& given : stages) inputs.push_back(given.writes.front());
  for (const Trial& trial : trials) {
    const fs::path folder = fs::path("trials") / trial.name;
    stages.push_back(
        {trial.name,
         inputs,
         {folder / "tried.json"},
         {{"training", trial.settings()}, {"compile", settings(study.compile)}, {"metrics", settings(study.metrics)}},
         [=, &study, &context](const StageInputs& in, const fs::path& out) {
           make_trial(study, trial, {in(inputs[0]), inputs.size() > 1 ? in(inputs[1]) : "", out / folder}, context);
         },
         1,
         true});
  }
  run_pipeline(lease, stages, context);
  Json tried = Json::array();
  for (const Trial& trial : trials) {
    const JsonArtifact made = read_json_artifact(lease.folder() / "trials" / trial.name / "tried.json", tried_kind);
    for (const Json& point : made.body["points"]) tried.push_back(point);
  }
  return tried;
}

/// A number of a point, or the worst there is when it could not be measured.
double number(const Json& point, const char* key, double worst) {
  return point[key].is_number() ? point[key].get<double>() : worst;
}

double excess_of(const TriggerBudget& budget, const Json& point) {
  const double luts = number(point, "lut", point["lut_estimate"].get<double>());
  return excess(budget, luts, point["latency_ns"].get<double>(), number(point, "fake_rate", 1),
                number(point, "leakage_below_7gev", 1));
}

double merit(const Json& point) { return number(point, "plateau", 0) - number(point, "leakage_below_7gev", 1); }

/// Index of the best network that fits by Yosys; none when none does. Synthesised ones get their "lut".
std::optional<std::size_t> choose(Json& tried, const TriggerBudget& budget, const CompileOptions& options,
                                  const fs::path& out, const Context& context) {
  std::vector<std::size_t> order;
  TriggerBudget hopeful = budget;
  hopeful.max_luts *= estimate_margin;
  for (std::size_t i = 0; i < tried.size(); ++i)
    if (excess_of(hopeful, tried[i]) <= 1) order.push_back(i);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return merit(tried[a]) > merit(tried[b]); });
  for (const std::size_t i : order) {
    tried[i]["lut"] = synthesise_network(out / tried[i]["network"].get<std::string>(), options, context).lut();
    tried[i]["cost"] = tried[i]["lut"];
    if (excess_of(budget, tried[i]) <= 1) return i;
  }
  return {};
}

/// Everything about the chosen network, where `lutra report` looks for it. Returns its metrics on the test events.
/// Error when its firmware is wrong.
Json make_chosen(const Study& study, const fs::path& network, const fs::path& data, const fs::path& teacher,
                 const fs::path& out, const Context& context) {
  write_text_atomically(out / "student/network.json", read_text(network));
  make_rtl(study.compile, network, out / "rtl", context);
  const Json verified =
      make_verification(study.verify, {network, out / "rtl", data, true}, out / "verify.json", context);
  if (json_get<std::int64_t>(verified, "mismatches", "verify.json") != 0)
    throw Error("the firmware of the chosen network differs from the evaluator", (out / "verify.json").string(), "");
  make_synthesis(out / "rtl", {}, out / "synth.json", context);
  return make_metrics(study.metrics, {network, data, teacher}, out / "metrics.json", context)["student"];
}

}  // namespace

double excess(const TriggerBudget& budget, double luts, double latency_ns, double fake, double leakage) {
  double most = 0;
  for (const auto& [value, limit] : {std::pair{luts, budget.max_luts}, std::pair{latency_ns, budget.max_latency_ns},
                                     std::pair{fake, budget.max_fake}, std::pair{leakage, budget.max_leakage}})
    if (limit > 0) most = std::max(most, value / limit);
  return most;
}

Json fit_network(const Study& study, const TriggerBudget& budget, const fs::path& data, const fs::path& teacher,
                 const Lease& lease, const Context& context) {
  const fs::path& out = lease.folder();
  Json tried = run_trials(study, trials_of(study, budget), data, teacher, lease, context);
  const std::optional<std::size_t> chosen = choose(tried, budget, study.compile, out, context);
  std::size_t closest = 0;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    tried[i]["excess"] = excess_of(budget, tried[i]);
    tried[i]["chosen"] = i == chosen;
    if (tried[i]["excess"] < tried[closest]["excess"]) closest = i;
  }
  Json test;
  if (chosen)
    test = make_chosen(study, out / tried[*chosen]["network"].get<std::string>(), data, teacher, out, context);
  const Json config = {{"roads", echo(study.roads)},
                       {"learned", echo(study.learned)},
                       {"fit", echo(study.fit)},
                       {"compile", echo(study.compile)}};
  const Json body = {{"budget",
                      {{"max_luts", budget.max_luts},
                       {"max_latency_ns", budget.max_latency_ns},
                       {"max_fake", budget.max_fake},
                       {"max_leakage", budget.max_leakage}}},
                     {"fits", chosen.has_value()},
                     {"best", chosen.value_or(closest)},
                     {"test", test},
                     {"tried", tried}};
  write_json_artifact(out / "pareto.json", pareto_kind, config, {{"cost_unit", "LUT"}, {"points", tried}});
  write_json_artifact(out / "fit.json", fit_kind, config, body);
  return body;
}

}  // namespace lutra
