#include "study/road_grid.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {

void describe(Fields& f, RoadGridConfig& c) {
  f.integers("roads", c.roads, {1, 1024}, "numbers of roads; none: no such networks");
  f.numbers("truth_shares", c.truth_shares, {0, 1}, "shares of the truth; below 1 the teacher's pT counts too");
  f.integers("seeds", c.seeds, {0, 1e9}, "one training per seed, for the spread");
  f.integers("synthesise", c.synthesise, {1, 1024},
             "numbers of roads whose firmware is synthesised; the others' resources are estimated");
}

std::string RoadPoint::folder() const {
  return fmt::format("{}-{}-seed{}", config.roads, distilled() ? fmt::format("truth{:g}", config.truth_share) : "alone",
                     config.seed);
}

std::string RoadPoint::name() const {
  const std::string share = fmt::format("{:g} % truth, float teacher", 100 * config.truth_share);
  return fmt::format("Roads, {}, {}", config.roads, distilled() ? share : "no teacher");
}

std::vector<RoadPoint> road_points(const RoadGridConfig& grid, const RoadConfig& roads) {
  std::vector<RoadPoint> points;
  for (const std::int64_t seed : grid.seeds)
    for (const std::int64_t count : grid.roads)
      for (const double share : grid.truth_shares) {
        RoadPoint point{roads, std::ranges::find(grid.synthesise, count) != grid.synthesise.end()};
        point.config.roads = static_cast<int>(count);
        point.config.truth_share = share;
        point.config.seed = seed;
        points.push_back(point);
      }
  return points;
}

}  // namespace lutra
