#include <fmt/format.h>

#include <memory>
#include <optional>

#include "base/error.h"
#include "cli/commands.h"
#include "study/stages.h"

namespace lutra {
namespace {

struct SimulateFlags {
  std::filesystem::path study, out, detector;
  std::optional<std::int64_t> events, seed;
  std::string shard = "1/1";
};

/// "k/N" as (k, N).
std::pair<std::uint64_t, std::uint64_t> parse_shard(const std::string& text) {
  unsigned long long k = 0, n = 0;
  int used = 0;
  const bool well_formed = std::sscanf(text.c_str(), "%llu/%llu%n", &k, &n, &used) == 2 &&
                           static_cast<std::size_t>(used) == text.size() && text.find('-') == std::string::npos;
  if (!well_formed || k < 1 || k > n || n > 1'000'000)
    throw Error("--shard " + text + " is impossible", "it must be k/N with 1 <= k <= N", "Write --shard 1/4, say");
  return {k, n};
}

int simulate_action(const SimulateFlags& flags, const Session& session) {
  Study study = read_study(flags.study);
  study.events = flags.events.value_or(study.events);
  study.seed = flags.seed.value_or(study.seed);
  if (!flags.detector.empty()) study.simulation = read_detector(flags.detector);
  const auto [k, n] = parse_shard(flags.shard);
  const EventRange range = shard(static_cast<std::uint64_t>(study.events), k, n);
  const Json result = make_events(study, range, flags.out, session.context());
  session.report(fmt::format("{} events in {} ({:.1f} MiB)", range.count, flags.out.string(),
                             result["bytes"].get<double>() / (1 << 20)),
                 result);
  return 0;
}

struct FragmentFlags {
  std::filesystem::path events, out, study;
  std::optional<int> stride, window;
};

int fragment_action(const FragmentFlags& flags, const Session& session) {
  FragmentConfig config = flags.study.empty() ? FragmentConfig{} : read_study(flags.study).fragment;
  config.stride = flags.stride.value_or(config.stride);
  config.window = flags.window.value_or(config.window);
  const Json result = make_fragments(config, flags.events, flags.out, session.context());
  session.report(fmt::format("{} fragments of {}x{} in {}", result["events"].get<int>(), result["rows"].get<int>(),
                             result["cols"].get<int>(), flags.out.string()),
                 result);
  return 0;
}

}  // namespace

Command simulate_command() {
  return {"simulate", "Simulate the detector: study -> events",
          "lutra simulate studies/demo.toml --out events.h5 --events 10000 --seed 7", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<SimulateFlags>();
            app.add_option("study", flags->study, "Study file (TOML)")->required();
            app.add_option("--out", flags->out, "Events file to write (HDF5)")->required();
            app.add_option("--events", flags->events, "Number of events instead of the study's")
                ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
            app.add_option("--seed", flags->seed, "Seed instead of the study's")->check(CLI::NonNegativeNumber);
            app.add_option("--detector", flags->detector,
                           "Detector file instead of the study's [simulation], such as detectors/ospanov.toml");
            app.add_option("--shard", flags->shard, "Only part k of N, written k/N")->capture_default_str();
            return [flags](const Session& session) { return simulate_action(*flags, session); };
          }};
}

Command fragment_command() {
  return {"fragment", "Keep the most active window of every event: events -> data set",
          "lutra fragment events.h5 --out fragments.h5 --stride 4", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<FragmentFlags>();
            app.add_option("events", flags->events, "Events file (HDF5)")->required();
            app.add_option("--out", flags->out, "Data set to write (HDF5)")->required();
            app.add_option("--study", flags->study, "Take the [fragment] section of this study");
            app.add_option("--stride", flags->stride, "Columns between candidate windows");
            app.add_option("--window", flags->window, "Columns of the window");
            return [flags](const Session& session) { return fragment_action(*flags, session); };
          }};
}

}  // namespace lutra
