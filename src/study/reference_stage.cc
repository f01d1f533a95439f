#include <algorithm>

#include "base/artifacts.h"
#include "base/error.h"
#include "base/parallel.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "reference/coincidence.h"
#include "reference/delta.h"
#include "reference/true_fit.h"
#include "study/stages.h"

namespace lutra {
namespace {

constexpr ArtifactKind references_kind = artifact_kind("references");
constexpr std::size_t batch_events = 20'000;
constexpr double coincidence_efficiency = 0.95;  // of the windows at their threshold, usual for such triggers
constexpr std::uint64_t tuning_seed = 1;         // the triggers are tuned on muons of their own

/// The metrics need all predictions at once. More test events than these, which are the first ones, would make no
/// number better known than the detector is.
constexpr std::size_t most_test_events = 2'000'000;

/// A trigger that needs no training, as a function from events to predicted pT [GeV].
struct ReferenceTrigger {
  const char* key;
  const char* label;
  std::function<std::vector<float>(const EventBatch&)> predict_gev;
};

/// Accepting is "predicted pT above the threshold", so the window of a threshold must answer a little more than it.
std::vector<double> coincidence_thresholds(double threshold_gev) {
  std::vector<double> thresholds;
  for (const double scale : {0.4, 0.6, 0.8, 1 + 1e-6, 1.2, 1.5}) thresholds.push_back(scale * threshold_gev);
  return thresholds;
}

std::vector<ReferenceTrigger> tuned_triggers(const SimulationConfig& simulation, double threshold_gev, int threads) {
  const auto windows =
      tune_coincidence(simulation, coincidence_thresholds(threshold_gev), coincidence_efficiency, tuning_seed, threads);
  const auto deltas = tune_delta(simulation, tuning_seed, threads);
  return {
      {"coincidence", "Coincidence windows",
       [windows](const EventBatch& events) { return predict_pt(windows, events); }},
      {"deltas", "Seed and two deltas", [deltas](const EventBatch& events) { return predict_pt(deltas, events); }},
      {"true_fit", "Fit of the true hits",
       [simulation](const EventBatch& events) { return fit_true_hits(simulation, events); }},
  };
}

/// The truth about one event.
void append_truth(Predictions& all, const EventBatch& events, std::size_t i) {
  const auto first = events.muons.begin() + events.muon_begin[i];
  const auto last = events.muons.begin() + events.muon_begin[i + 1];
  const auto leading = std::max_element(first, last, [](const Muon& a, const Muon& b) { return a.pt_gev < b.pt_gev; });
  all.has_muon.push_back(leading != last);
  all.true_pt_gev.push_back(leading != last ? leading->pt_gev : 0);
  all.true_eta.push_back(leading != last ? leading->eta : 0);
}

/// Adds what a trigger says about the test events of a batch, whose splits are `split`.
void append_test(Predictions& all, const ReferenceTrigger& trigger, const EventBatch& events,
                 std::span<const Split> split) {
  const std::vector<float> pt_gev = trigger.predict_gev(events);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (split[i] != Split::test) continue;
    append_truth(all, events, i);
    all.pt_gev.push_back(pt_gev[i]);
  }
}

}  // namespace

Json make_references(const MetricsConfig& config, const std::filesystem::path& events,
                     const std::filesystem::path& data, const std::filesystem::path& out, const Context& context) {
  DatasetReader fragments(data);
  EventReader reader(events);
  if (reader.size() != fragments.size())
    throw Error(data.string() + " was not made from " + events.string(), "they hold different numbers of events", "");
  SimulationConfig simulation;
  config_from_json(json_get<Json>(reader.config(), "simulation", events.string()), events.string(),
                   [&](Fields& f) { describe(f, simulation); });
  const auto triggers = tuned_triggers(simulation, config.threshold_gev, context.threads());

  std::vector<Predictions> predictions(triggers.size());
  const Progress progress = context.progress();
  std::uint64_t done = 0;
  while (done < reader.size() && predictions[0].size() < most_test_events) {
    progress("reference triggers", done, reader.size());
    const EventBatch batch = reader.next(batch_events);
    const std::vector<Split> split = fragments.next(batch.size()).split;
    parallel_for(triggers.size(), context.threads(),
                 [&](std::size_t t) { append_test(predictions[t], triggers[t], batch, split); });
    done += batch.size();
  }
  progress("reference triggers", reader.size(), reader.size());

  Json body = Json::object();
  for (std::size_t t = 0; t < triggers.size(); ++t) {
    body[triggers[t].key] = metrics_to_json(evaluate_metrics(predictions[t], config));
    body[triggers[t].key]["label"] = triggers[t].label;
  }
  write_json_artifact(out, references_kind, {{"metrics", echo(config)}, {"events", reader.config()}}, body);
  return body;
}

}  // namespace lutra
