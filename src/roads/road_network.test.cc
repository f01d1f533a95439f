#include "roads/road_network.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "model/evaluate.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

/// A position for every column that can be told apart.
std::vector<double> some_positions(int cols) {
  std::vector<double> positions;
  for (int col = 0; col < cols; ++col) positions.push_back((col * 7 % cols + 0.5) / cols);
  return positions;
}

/// pT of the highest threshold that a bank passes, straight from the definition of a road.
double pt_by_definition(const RoadConfig& config, const std::vector<RoadBank>& banks, const Dataset& data,
                        std::size_t event) {
  const std::vector<std::uint8_t> counts = count_planes(config, data, event);
  const std::vector<double> values = {6.5, 9, 15};  // between 5, 8, 10 and 20
  double pt = 0;
  for (std::size_t t = 0; t < banks.size(); ++t)
    for (const Road& road : banks[t])
      for (int col = 0; col < data.cols; ++col)
        if (road.accepted >> road_state(road.shift, counts, data.cols, col) & 1) pt = values[t];
  return pt;
}

RC_GTEST_PROP(RoadNetwork, IsItsDefinition, ()) {
  RoadConfig config;
  config.thresholds_gev = {5, 8, 10};
  config.reach = *rc::gen::inRange(1, 4);
  std::vector<RoadBank> banks;
  for (std::size_t t = 0; t < 3; ++t) {
    auto& bank = banks.emplace_back();
    const int roads = *rc::gen::inRange(1, 4);
    for (int r = 0; r < roads; ++r)
      bank.push_back({{*rc::gen::inRange(-3, 4), *rc::gen::inRange(-8, 9)},
                      *rc::gen::arbitrary<std::uint64_t>() & *rc::gen::arbitrary<std::uint64_t>() & ~std::uint64_t{1}});
  }
  const Dataset data = toy_fragments(40, *rc::gen::inRange<std::uint64_t>(0, 1000));
  const std::vector<double> positions = some_positions(data.cols);
  const Network network = road_network(config, {banks, positions}, data);
  RoadBank all;
  for (const RoadBank& bank : banks) all.insert(all.end(), bank.begin(), bank.end());
  const auto outputs = Evaluator(network).evaluate(data.inputs);
  RC_ASSERT(outputs.size() == 2 * data.size());
  for (std::size_t e = 0; e < data.size(); ++e) {
    const double pt = network.targets[0].to_physical(to_real(outputs[2 * e], 8), 0);
    RC_ASSERT(std::abs(pt - pt_by_definition(config, banks, data, e)) < 0.05);
    const int first = first_column(all, count_planes(config, data, e), data.cols);
    const double position = positions[static_cast<std::size_t>(std::max(first, 0))];
    RC_ASSERT(std::abs(to_real(outputs[2 * e + 1], 8) - position) <= 0.5 / 256);
  }
}

TEST(RoadNetwork, OneThresholdOnBinaryInputs) {
  RoadConfig config;
  Dataset data = toy_fragments(300, 3);
  data.input_format = {1, 0, false};
  for (auto& pixel : data.inputs) pixel = std::min<std::int16_t>(pixel, 1);
  const RoadSamples samples = make_road_samples(config, 10, data, {});
  const RoadBank bank = learn_roads(config, samples, 1);
  const Network network = road_network(config, {{bank}, positions_of(bank, samples)}, data);
  const auto outputs = Evaluator(network).evaluate(data.inputs);
  int accepted = 0;
  double error = 0;
  for (std::size_t e = 0; e < data.size(); ++e) {
    if (outputs[2 * e] == 0) continue;
    ++accepted;
    const double eta = network.targets[1].to_physical(to_real(outputs[2 * e + 1], 8), data.window_start[e]);
    error += std::abs(eta - static_cast<double>(data.truth[2 * e + 1]));
  }
  EXPECT_GT(accepted, 30);
  EXPECT_LT(accepted, 200);
  EXPECT_LT(error / accepted, 0.00255 * 3) << "three strips";
}

TEST(RoadNetwork, WithoutAPositionItTellsPtOnly) {
  const RoadConfig config;
  Dataset data = toy_fragments(50, 4);
  data.targets[1].step = 0;
  const Network network = road_network(config, {{{{{0, 1}, 1u << 21}}}, {}}, data);
  EXPECT_EQ(network.targets.size(), 1u);
  EXPECT_EQ(Evaluator(network).evaluate(data.inputs).size(), data.size());
}

}  // namespace
}  // namespace lutra
