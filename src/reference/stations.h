#pragma once
#include <array>
#include <span>
#include <vector>

#include "event/clusters.h"
#include "simulate/config.h"

namespace lutra {

/// First layer of every station, then the number of layers.
std::vector<int> station_begins(const DetectorConfig& detector);

/// The station of a layer.
std::size_t station_of(const std::vector<int>& station_begin, int layer);

/// Strip coordinates of the clusters of every station, [stations][...]. With only_muon, those of the true muon.
std::vector<std::vector<double>> places_by_station(std::span<const Hit> hits, const ImageShape& shape,
                                                   const std::vector<int>& station_begin, bool only_muon);

/// One-muon events of a tuning sample: no noise, pT in [lo, hi].
EventBatch tuning_muons(SimulationConfig config, double pt_lo_gev, double pt_hi_gev, std::size_t count,
                        std::uint64_t seed, int threads);

}  // namespace lutra
