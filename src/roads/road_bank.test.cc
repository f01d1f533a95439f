#include "roads/road_bank.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

RoadConfig toy_config() {
  RoadConfig config;
  config.candidates = 48;
  return config;
}

/// Worth of what a bank accepts, by the definition.
double worth_accepted(const RoadBank& bank, const RoadSamples& samples) {
  const auto size = static_cast<std::size_t>(samples.stations * samples.cols);
  double sum = 0;
  for (std::size_t e = 0; e < samples.worth.size(); ++e) {
    const auto counts = std::span(samples.counts).subspan(e * size, size);
    const bool accepted = std::ranges::any_of(bank, [&](const Road& road) {
      for (int col = 0; col < samples.cols; ++col)
        if (road.accepted >> road_state(road.shift, counts, samples.cols, col) & 1) return true;
      return false;
    });
    if (accepted) sum += samples.worth[e];
  }
  return sum;
}

TEST(RoadState, PutsCountsSideBySide) {
  const std::vector<std::uint8_t> counts = {1, 0, 3, 0, 2, 0, 0, 1, 1};  // 3 stations x 3 columns
  EXPECT_EQ(road_state(std::vector<int>{1, 2}, counts, 3, 0), 1 * 16 + 2 * 4 + 1);
  EXPECT_EQ(road_state(std::vector<int>{-1, 0}, counts, 3, 2), 3 * 16 + 2 * 4 + 1);
  EXPECT_EQ(road_state(std::vector<int>{1, 1}, counts, 3, 2), 3 * 16) << "beyond the image nothing fires";
}

TEST(CountPlanes, CountsFiringPlanes) {
  RoadConfig config;
  config.stations = {2, 4};
  Dataset data;
  data.rows = 6;
  data.cols = 3;
  data.inputs = {0, 0, 2, 1, 0, 0, /**/ 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0};
  data.split = {Split::train};
  EXPECT_EQ(count_planes(config, data, 0), (std::vector<std::uint8_t>{1, 1, 1, 3, 3, 1}))
      << "reach of 2 columns, at most 3";
  config.reach = 1;
  EXPECT_EQ(count_planes(config, data, 0), (std::vector<std::uint8_t>{1, 0, 1, 0, 3, 1}));
}

TEST(Worth, RisesFromThresholdAndFallsBelow) {
  const RoadConfig config;
  EXPECT_EQ(worth_of(config, 10, 20), 1);
  EXPECT_NEAR(worth_of(config, 10, 11), 0.5, 1e-9);
  EXPECT_EQ(worth_of(config, 10, 10), 0);
  EXPECT_NEAR(worth_of(config, 10, 8.5), -0.5 * config.middle_weight, 1e-9);
  EXPECT_EQ(worth_of(config, 10, 5), -config.low_weight);
  EXPECT_EQ(worth_of(config, 10, 0), -config.empty_weight);
}

TEST(Roads, AreBetterThanNothingAndMoreAreNoWorse) {
  RoadConfig config = toy_config();
  const RoadSamples samples = make_road_samples(config, 10, toy_fragments(6000, 5), {});
  double before = 0;
  for (const int roads : {1, 4, 12}) {
    config.roads = roads;
    const RoadBank bank = learn_roads(config, samples, 1);
    EXPECT_LE(static_cast<int>(bank.size()), roads);
    const double worth = worth_accepted(bank, samples);
    EXPECT_GT(worth, before) << roads;
    before = worth;
  }
}

TEST(Roads, AreTheSameForAnyThreadCount) {
  const RoadConfig config = toy_config();
  const RoadSamples samples = make_road_samples(config, 10, toy_fragments(5000, 6), {});
  EXPECT_EQ(learn_roads(config, samples, 1), learn_roads(config, samples, 3));
}

TEST(Roads, LastEntriesEarnTheirPlace) {
  RoadConfig config = toy_config();
  const RoadSamples samples = make_road_samples(config, 10, toy_fragments(4000, 7), {});
  const double all = worth_accepted(learn_roads(config, samples, 1), samples);
  config.least_gain = 0.02;
  const double fewer = worth_accepted(learn_roads(config, samples, 1), samples);
  double wanted = 0;
  for (const double w : samples.worth) wanted += std::max(w, 0.0);
  EXPECT_GT(all, fewer);
  EXPECT_LT(all, wanted);
}

TEST(Roads, FollowTheTeacherWhenAsked) {
  RoadConfig config = toy_config();
  const Dataset data = toy_fragments(3000, 8);
  std::vector<double> teacher(data.size(), 20.0);  // wants everything
  config.truth_share = 0;
  const RoadSamples samples = make_road_samples(config, 10, data, teacher);
  for (const double w : samples.worth) EXPECT_EQ(w, 1);
}

TEST(Roads, SeedsChooseOtherEvents) {
  RoadConfig config = toy_config();
  config.event_share = 0.5;
  const Dataset data = toy_fragments(3000, 9);
  const auto first = make_road_samples(config, 10, data, {});
  config.seed = 2;
  const auto second = make_road_samples(config, 10, data, {});
  EXPECT_NE(first.counts, second.counts);
  EXPECT_NEAR(static_cast<double>(first.worth.size()), 900, 100);
}

TEST(Roads, RefuseWhatTheyCannotLearnFrom) {
  const Dataset data = toy_fragments(500, 10);
  RoadConfig config = toy_config();
  config.stations = {3, 4};
  EXPECT_THROW(make_road_samples(config, 10, data, {}), Error);
  config.stations = {2, 2, 2, 3};
  EXPECT_THROW(make_road_samples(config, 10, data, {}), Error);
  config = toy_config();
  EXPECT_THROW(make_road_samples(config, 25, data, {}), Error) << "nobody above";
  config.truth_share = 0.5;
  EXPECT_THROW(make_road_samples(config, 10, data, {}), Error) << "no teacher";
  Dataset other = data;
  other.targets[0].name = "mass";
  EXPECT_THROW(make_road_samples(toy_config(), 10, other, {}), Error);
}

}  // namespace
}  // namespace lutra
