#include "reference/delta.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "reference/solve.h"
#include "reference/stations.h"

namespace lutra {
namespace {

constexpr std::size_t tuning_events = 40000;
constexpr double highest_pt_gev = 100;

using Places = std::vector<std::vector<double>>;

/// Distance, with its sign, of the place nearest to the seed; `reach` or more: none.
double nearest(const std::vector<double>& places, double seed, double reach) {
  double best = reach;
  for (const double place : places)
    if (std::abs(place - seed) < std::abs(best)) best = place - seed;
  return best;
}

double sine(const ImageShape& shape, double strip) { return 1 / std::cosh(shape.eta_first + strip * shape.eta_pitch); }

/// sin(theta) (1, delta1, delta3) of a seed, or nothing without clusters in reach.
bool features(const DeltaTrigger& trigger, const Places& places, double seed, std::array<double, 3>& row) {
  const double first = nearest(places[trigger.stations[0]], seed, trigger.reach_first);
  const double last = nearest(places[trigger.stations[2]], seed, trigger.reach_last);
  if (std::abs(first) >= trigger.reach_first || std::abs(last) >= trigger.reach_last) return false;
  const double s = sine(trigger.shape, seed);
  row = {s, s * first, s * last};
  return true;
}

/// Reaches that hold 99 % of the muons of the lowest pT that should be measured.
void set_reaches(DeltaTrigger& trigger, const EventBatch& muons) {
  std::vector<double> first, last;
  for (std::size_t event = 0; event < muons.size(); ++event) {
    const Places places = places_by_station(hits_of(muons, event), trigger.shape, trigger.station_begin, true);
    const auto& seeds = places[trigger.stations[1]];
    if (seeds.empty()) continue;
    constexpr double far = 1000;
    first.push_back(std::abs(nearest(places[trigger.stations[0]], seeds[0], far)));
    last.push_back(std::abs(nearest(places[trigger.stations[2]], seeds[0], far)));
    if (first.back() >= far) first.pop_back();
    if (last.back() >= far) last.pop_back();
  }
  const auto reach = [](std::vector<double>& values) {
    if (values.empty()) return 1.0;
    std::sort(values.begin(), values.end());
    return values[values.size() * 99 / 100] + 1;
  };
  trigger.reach_first = reach(first);
  trigger.reach_last = reach(last);
}

}  // namespace

DeltaTrigger tune_delta(const SimulationConfig& config, std::uint64_t seed, int threads) {
  const std::size_t stations = config.detector.stations.size();
  if (stations < 3) throw Error("two deltas need three stations", "the detector has fewer", "Use another detector");
  DeltaTrigger trigger;
  trigger.shape = config.detector.shape();
  trigger.station_begin = station_begins(config.detector);
  trigger.stations = {stations - 3, stations - 2, stations - 1};
  set_reaches(trigger, tuning_muons(config, 4, 5, tuning_events / 10, seed, threads));
  const EventBatch muons = tuning_muons(config, 3, 20, tuning_events, seed + 1, threads);
  LeastSquares<3> fit;
  for (std::size_t event = 0; event < muons.size(); ++event) {
    const Places places = places_by_station(hits_of(muons, event), trigger.shape, trigger.station_begin, true);
    std::array<double, 3> row{};
    if (places[trigger.stations[1]].empty() || !features(trigger, places, places[trigger.stations[1]][0], row))
      continue;
    const Muon& muon = muons_of(muons, event)[0];
    fit.add(row, muon.charge / double{muon.pt_gev}, double{muon.pt_gev} * muon.pt_gev);
  }
  const auto solution = fit.solve();
  if (!solution)
    throw Error("the delta trigger cannot be tuned", "no muon reaches three stations", "Check the detector");
  trigger.coefficients = *solution;
  return trigger;
}

std::vector<float> predict_pt(const DeltaTrigger& trigger, const EventBatch& events) {
  std::vector<float> pt;
  for (std::size_t event = 0; event < events.size(); ++event) {
    const Places places = places_by_station(hits_of(events, event), trigger.shape, trigger.station_begin, false);
    double highest = 0;
    std::array<double, 3> row{};
    for (const double seed : places[trigger.stations[1]]) {
      if (!features(trigger, places, seed, row)) continue;
      double curvature = 0;
      for (std::size_t i = 0; i < 3; ++i) curvature += trigger.coefficients[i] * row[i];
      highest = std::max(highest, std::min(highest_pt_gev, 1 / std::max(std::abs(curvature), 1e-9)));
    }
    pt.push_back(static_cast<float>(highest));
  }
  return pt;
}

}  // namespace lutra
