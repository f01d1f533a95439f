#include "train/road_network.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "model/evaluate.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

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
  const Network network = road_network(config, banks, data);
  const auto outputs = Evaluator(network).evaluate(data.inputs);
  RC_ASSERT(outputs.size() == data.size());
  for (std::size_t e = 0; e < data.size(); ++e) {
    const double pt = network.targets[0].to_physical(to_real(outputs[e], 8), 0);
    RC_ASSERT(std::abs(pt - pt_by_definition(config, banks, data, e)) < 0.05);
  }
}

TEST(RoadNetwork, OneThresholdOnBinaryInputs) {
  RoadConfig config;
  Dataset data = toy_fragments(300, 3);
  data.input_format = {1, 0, false};
  for (auto& pixel : data.inputs) pixel = std::min<std::int16_t>(pixel, 1);
  const RoadSamples samples = make_road_samples(config, 10, data, {});
  const Network network = road_network(config, {learn_roads(config, samples, 1)}, data);
  const auto outputs = Evaluator(network).evaluate(data.inputs);
  const auto accepted = std::ranges::count_if(outputs, [](auto o) { return o > 0; });
  EXPECT_GT(accepted, 30);
  EXPECT_LT(accepted, 200);
}

}  // namespace
}  // namespace lutra
