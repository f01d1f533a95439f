#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "roads/road_config.h"

namespace lutra {

/// Road networks to compare: every combination of the lists. What is not listed here is as in [roads].
struct RoadGridConfig {
  std::vector<std::int64_t> roads;  // none: nothing is trained
  std::vector<double> truth_shares = {1, 0.5};
  std::vector<std::int64_t> seeds = {1, 2, 3};
  std::vector<std::int64_t> synthesise;  // roads
};

void describe(Fields& f, RoadGridConfig& config);

/// One network of the grid.
struct RoadPoint {
  RoadConfig config;
  bool synthesise = false;

  bool distilled() const { return config.truth_share < 1; }
  /// "16-teacher-seed1"
  std::string folder() const;
  /// For people, the same for every seed: "Roads, 16, teacher".
  std::string name() const;
};

std::vector<RoadPoint> road_points(const RoadGridConfig& grid, const RoadConfig& roads);

}  // namespace lutra
