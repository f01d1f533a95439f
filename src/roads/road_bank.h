#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "roads/road_samples.h"

namespace lutra {

/// A road: hits of several stations that belong to one track. Station 0 is looked at in some column, station s > 0 in
/// that column + shift[s - 1]. Each station says how many of its planes fire there, 0 to 3 (more count as 3); the road
/// is found when bit sum_s count_s x 4^(stations - 1 - s) of `accepted` is set.
struct Road {
  std::vector<int> shift;      // [stations - 1], columns
  std::uint64_t accepted = 0;  // [4^stations] truth table
  friend bool operator==(const Road&, const Road&) = default;
};

/// An event passes a threshold when a road of its bank is found in any column.
using RoadBank = std::vector<Road>;

/// Learns a bank of at most config.roads roads. Candidates are the shifts on which most wanted muons have two planes in
/// every station. Then, greedily, the table entry (of any candidate) joins that adds most worth among the events not
/// yet accepted: weighted maximum coverage, whose greedy solution reaches 1 - 1/e of the optimum when all is wanted
/// (Nemhauser, Wolsey, Fisher 1978). An entry of a road already in the bank costs nothing in hardware, a new road one
/// look-up table per column; so when the bank is full only its own entries join. Same bytes for any thread count.
RoadBank learn_roads(const RoadConfig& config, const RoadSamples& samples, int threads,
                     const Progress& progress = no_progress);

/// First column in which one of the roads is found; -1 when none is. `counts` is [stations][cols].
int first_column(const RoadBank& bank, std::span<const std::uint8_t> counts, int cols);

/// Where the wanted muons of the samples pass whose first road begins in each column: mean scaled position, the
/// column's middle where there is none. [cols]; empty when the samples have no position.
std::vector<double> positions_of(const RoadBank& bank, const RoadSamples& samples);

/// The state of a road in a column of an event: the number of the bit of `accepted` that decides. `counts` is
/// [stations][cols]; beyond the image nothing fires.
int road_state(std::span<const int> shift, std::span<const std::uint8_t> counts, int cols, int col);

}  // namespace lutra
