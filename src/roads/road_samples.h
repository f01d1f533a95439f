#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "event/dataset.h"
#include "roads/road_config.h"

namespace lutra {

inline constexpr int largest_count = 3;  // of planes, two bits
inline constexpr int most_stations = 3;  // three counts are the six inputs of one look-up table

/// What a bank learns from: planes that fire, and what each event is worth.
struct RoadSamples {
  int cols = 0;
  int stations = 0;
  std::vector<std::uint8_t> counts;  // [events][stations][cols]
  std::vector<double> worth;         // [events], positive: wanted, negative: not wanted
  std::vector<double> position;      // [events], scaled truth of position_place(); empty without it
};

/// Planes that fire at every column and station, as the network counts them: [stations][cols].
std::vector<std::uint8_t> count_planes(const RoadConfig& config, const Dataset& data, std::size_t event);

/// Place of a target. Error when the data set does not have it.
std::size_t target_place(const Dataset& data, const std::string& name);

/// Place of the first target that moves with the window; nothing when there is none.
std::optional<std::size_t> position_place(const Dataset& data);

/// What it is worth to accept an event of this pT (0: no muon) at a threshold: 1 for muons well above it, down to
/// -low_weight and -empty_weight (RoadConfig).
double worth_of(const RoadConfig& config, double threshold_gev, double pt_gev);

/// The training events of `data` for one threshold. `teacher_pt`: what a teacher says about every event [GeV], may be
/// empty when truth_share is 1. Error when the stations do not fit the data, there is no target "pt", or no event is
/// wanted.
RoadSamples make_road_samples(const RoadConfig& config, double threshold_gev, const Dataset& data,
                              std::span<const double> teacher_pt);

}  // namespace lutra
