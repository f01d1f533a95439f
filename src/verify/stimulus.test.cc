#include "verify/stimulus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace lutra {
namespace {

TEST(CornerInputs, WalkEveryInputBothWays) {
  const std::vector<std::int16_t> inputs = corner_inputs(3, {-2, 1});
  ASSERT_EQ(inputs.size(), 3u * (4 + 2 * 3));
  EXPECT_EQ(std::vector(inputs.begin(), inputs.begin() + 6), (std::vector<std::int16_t>{-2, -2, -2, 1, 1, 1}));
  for (int one = 0; one < 3; ++one) {
    const auto* alone = inputs.data() + 3 * (4 + 2 * one);
    EXPECT_EQ(std::count(alone, alone + 3, 1), 1);
    EXPECT_EQ(alone[one], 1);
    EXPECT_EQ(std::count(alone + 3, alone + 6, -2), 1);
    EXPECT_EQ(alone[3 + one], -2);
  }
}

TEST(ScatteredInputs, StayInsideTheRangeAndReachItsEnds) {
  for (const Interval range :
       {Interval{0, 2}, Interval{0, 1}, Interval{-16, 15}, Interval{3, 5}, Interval{-32768, 32767}}) {
    const std::vector<std::int16_t> inputs = scattered_inputs(20, range, 7, 500);
    ASSERT_EQ(inputs.size(), 20u * 500);
    const auto [lo, hi] = std::minmax_element(inputs.begin(), inputs.end());
    EXPECT_GE(*lo, range.lo);
    EXPECT_LE(*hi, range.hi);
    if (range.hi < 100) {
      EXPECT_EQ(*lo, range.lo);
      EXPECT_EQ(*hi, range.hi);
    }
  }
}

TEST(ScatteredInputs, OccupancyIsUniform) {
  // An input is non-zero with probability occupancy x 3/4, and the occupancy is uniform in (0, 1): mean 3/8.
  const std::vector<std::int16_t> inputs = scattered_inputs(50, {0, 3}, 1, 4000);
  const auto fired =
      static_cast<double>(inputs.size()) - static_cast<double>(std::count(inputs.begin(), inputs.end(), 0));
  EXPECT_NEAR(fired / static_cast<double>(inputs.size()), 0.375, 0.02);
}

TEST(ScatteredInputs, DependOnTheSeedOnly) {
  EXPECT_EQ(scattered_inputs(4, {0, 7}, 1, 10), scattered_inputs(4, {0, 7}, 1, 10));
  EXPECT_NE(scattered_inputs(4, {0, 7}, 1, 10), scattered_inputs(4, {0, 7}, 2, 10));
}

}  // namespace
}  // namespace lutra
