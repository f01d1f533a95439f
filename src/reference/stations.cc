#include "reference/stations.h"

#include <algorithm>

#include "simulate/simulate.h"

namespace lutra {

std::vector<int> station_begins(const DetectorConfig& detector) {
  std::vector<int> begin = {0};
  for (const StationConfig& station : detector.stations)
    begin.push_back(begin.back() + static_cast<int>(station.plane_radii_m.size()));
  return begin;
}

std::size_t station_of(const std::vector<int>& station_begin, int layer) {
  const auto after = std::upper_bound(station_begin.begin(), station_begin.end(), layer);
  return static_cast<std::size_t>(after - station_begin.begin() - 1);
}

std::vector<std::vector<double>> places_by_station(std::span<const Hit> hits, const ImageShape& shape,
                                                   const std::vector<int>& station_begin, bool only_muon) {
  std::vector<std::vector<double>> places(station_begin.size() - 1);
  for (const Cluster& cluster : find_clusters(hits, shape))
    if (!only_muon || cluster.origin == HitOrigin::muon)
      places[station_of(station_begin, cluster.layer)].push_back(cluster.centre());
  return places;
}

EventBatch tuning_muons(SimulationConfig config, double pt_lo_gev, double pt_hi_gev, std::size_t count,
                        std::uint64_t seed, int threads) {
  config.muon.none = config.muon.two = 0;
  config.muon.spectrum = "flat";
  config.muon.pt_lo_gev = pt_lo_gev;
  config.muon.pt_hi_gev = pt_hi_gev;
  config.noise.electronic_strips = config.noise.cavern_clusters = 0;
  return simulate(config, seed, 0, count, threads);
}

}  // namespace lutra
