#include "reference/coincidence.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "reference/stations.h"

namespace lutra {
namespace {

constexpr std::size_t tuning_events = 4000;

double distance(const std::vector<double>& places, double pivot) {
  double nearest = 1e9;
  for (const double place : places) nearest = std::min(nearest, std::abs(place - pivot));
  return nearest;
}

/// The width that holds a fraction of the distances.
int width_holding(std::vector<double> distances, double fraction) {
  if (distances.empty()) return 0;
  std::sort(distances.begin(), distances.end());
  const auto at = static_cast<std::size_t>(fraction * static_cast<double>(distances.size() - 1));
  return static_cast<int>(std::ceil(distances[at]));
}

/// Half widths of every station for muons just above a threshold.
std::vector<int> windows_at(const EventBatch& muons, const CoincidenceTrigger& trigger, double efficiency) {
  std::vector<std::vector<double>> distances(trigger.station_begin.size() - 1);
  for (std::size_t event = 0; event < muons.size(); ++event) {
    const auto places = places_by_station(hits_of(muons, event), trigger.shape, trigger.station_begin, true);
    if (places[trigger.pivot].empty()) continue;
    for (std::size_t s = 0; s < places.size(); ++s)
      if (!places[s].empty()) distances[s].push_back(distance(places[s], places[trigger.pivot].front()));
  }
  std::vector<int> widths;
  for (const auto& of_station : distances) widths.push_back(width_holding(of_station, efficiency));
  return widths;
}

/// Highest threshold, counted from 1, at which a pivot place has enough stations; 0: none.
std::size_t thresholds_passed(const CoincidenceTrigger& trigger, const std::vector<std::vector<double>>& places) {
  for (std::size_t t = trigger.thresholds_gev.size(); t > 0; --t)
    for (const double pivot : places[trigger.pivot]) {
      int stations = 0;
      for (std::size_t s = 0; s < places.size(); ++s)
        stations += s == trigger.pivot || distance(places[s], pivot) <= trigger.half_width[t - 1][s];
      if (stations >= trigger.stations_needed) return t;
    }
  return 0;
}

}  // namespace

CoincidenceTrigger tune_coincidence(const SimulationConfig& config, const std::vector<double>& thresholds_gev,
                                    double efficiency, std::uint64_t seed, int threads) {
  const std::size_t stations = config.detector.stations.size();
  if (stations < 2) throw Error("a coincidence needs two stations", "the detector has one", "Use another detector");
  CoincidenceTrigger trigger;
  trigger.shape = config.detector.shape();
  trigger.station_begin = station_begins(config.detector);
  trigger.pivot = stations - 2;
  trigger.stations_needed = static_cast<int>(std::min<std::size_t>(stations, 3));
  trigger.thresholds_gev = thresholds_gev;
  std::sort(trigger.thresholds_gev.begin(), trigger.thresholds_gev.end());
  for (const double threshold : trigger.thresholds_gev) {
    const EventBatch muons = tuning_muons(config, threshold, 1.05 * threshold, tuning_events, seed, threads);
    trigger.half_width.push_back(windows_at(muons, trigger, efficiency));
  }
  // A higher threshold never has a wider window, whatever the fluctuations of the sample.
  for (std::size_t t = trigger.half_width.size(); t-- > 1;)
    for (std::size_t s = 0; s < stations; ++s)
      trigger.half_width[t - 1][s] = std::max(trigger.half_width[t - 1][s], trigger.half_width[t][s]);
  return trigger;
}

std::vector<float> predict_pt(const CoincidenceTrigger& trigger, const EventBatch& events) {
  std::vector<float> pt;
  for (std::size_t event = 0; event < events.size(); ++event) {
    const auto places = places_by_station(hits_of(events, event), trigger.shape, trigger.station_begin, false);
    const std::size_t passed = thresholds_passed(trigger, places);
    pt.push_back(passed == 0 ? 0.0f : static_cast<float>(trigger.thresholds_gev[passed - 1]));
  }
  return pt;
}

}  // namespace lutra
