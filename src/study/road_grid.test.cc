#include "study/road_grid.h"

#include <gtest/gtest.h>

#include <set>

#include "study/fit.h"

namespace lutra {
namespace {

TEST(RoadGrid, HasEveryCombinationTheFirstSeedFirst) {
  RoadGridConfig grid;
  grid.roads = {8, 16};
  grid.truth_shares = {1, 0.25};
  grid.seeds = {3, 4, 5};
  grid.synthesise = {16};
  RoadConfig roads;
  roads.roads = 99;
  const auto points = road_points(grid, roads);
  ASSERT_EQ(points.size(), 12u);
  std::set<std::string> folders, names;
  for (const RoadPoint& point : points) {
    folders.insert(point.folder());
    names.insert(point.name());
    EXPECT_EQ(point.synthesise, point.config.roads == 16);
  }
  EXPECT_EQ(folders.size(), 12u);
  EXPECT_EQ(names.size(), 4u);  // the same for every seed
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(points[i].config.seed, 3);
  EXPECT_EQ(points[0].folder(), "8-alone-seed3");
  EXPECT_EQ(points[0].name(), "Roads, 8, no teacher");
  EXPECT_EQ(points[1].folder(), "8-truth0.25-seed3");
  EXPECT_EQ(points[1].name(), "Roads, 8, 25 % truth, float teacher");
  EXPECT_TRUE(points[1].distilled());
  EXPECT_FALSE(points[0].distilled());
  grid.roads.clear();
  EXPECT_TRUE(road_points(grid, roads).empty());
}

TEST(Budget, ExcessIsTheLargestRatioOfWhatIsLimited) {
  EXPECT_EQ(excess({}, 1e9, 1e9, 1, 1), 0);  // no limit
  const TriggerBudget budget{1000, 200, 0.1, 0.02};
  EXPECT_DOUBLE_EQ(excess(budget, 500, 50, 0.01, 0.001), 0.5);
  EXPECT_DOUBLE_EQ(excess(budget, 100, 300, 0.01, 0.001), 1.5);
  EXPECT_DOUBLE_EQ(excess(budget, 100, 50, 0.2, 0.001), 2);
  EXPECT_DOUBLE_EQ(excess(budget, 100, 50, 0.01, 0.06), 3);
  EXPECT_DOUBLE_EQ(excess({0, 200, 0, 0}, 1e9, 100, 1, 1), 0.5);
}

}  // namespace
}  // namespace lutra
