#include "model/network.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <functional>

#include "base/error.h"
#include "model/random_network.h"

namespace lutra {
namespace {

RC_GTEST_PROP(NetworkJson, round_trips, ()) {
  const Network network = random_network(*rc::gen::arbitrary<std::uint64_t>());
  const Json json = network_to_json(network);
  RC_ASSERT(network_to_json(network_from_json(json, "test")).dump() == json.dump());
}

TEST(NetworkJson, FileRoundTrips) {
  const auto path = std::filesystem::path(testing::TempDir()) / "network.json";
  const Network network = random_network(7);
  write_network(path, network, Json{{"seed", 7}});
  const NetworkFile file = read_network(path);
  EXPECT_EQ(network_to_json(file.network), network_to_json(network));
  EXPECT_EQ(file.config, (Json{{"seed", 7}}));
}

Network small() {
  Network network;
  network.input = {1, 3, 3};
  network.input_format = {2, 1, false};
  Layer conv;
  conv.name = "conv";
  conv.op = Op::conv;
  conv.inputs = {network_input};
  conv.window.kernel_rows = conv.window.kernel_cols = 3;
  conv.out_channels = 2;
  conv.weights.assign(18, 1);
  conv.weight_frac = conv.bias_frac = {3, 3};
  conv.bias = {0, 0};
  conv.output = {{{4, 4, false}}};
  network.layers = {conv};
  return network;
}

Layer flatten_with_relu() {
  Layer layer;
  layer.name = "flat";
  layer.op = Op::flatten;
  layer.inputs = {0};
  layer.relu = true;
  return layer;
}

struct Damage {
  const char* name;
  std::function<void(Network&)> apply;
};

class ImpossibleNetwork : public testing::TestWithParam<Damage> {};

TEST_P(ImpossibleNetwork, IsAnError) {
  Network network = small();
  EXPECT_NO_THROW(check(network));
  GetParam().apply(network);
  EXPECT_THROW(check(network), Error);
  EXPECT_THROW(network_from_json(network_to_json(network), "test"), Error);
}

INSTANTIATE_TEST_SUITE_P(
    All, ImpossibleNetwork,
    testing::Values(Damage{"too_few_weights", [](Network& n) { n.layers[0].weights.pop_back(); }},
                    Damage{"no_layers", [](Network& n) { n.layers.clear(); }},
                    Damage{"window_too_large", [](Network& n) { n.layers[0].window.kernel_rows = 4; }},
                    Damage{"stride_zero", [](Network& n) { n.layers[0].window.stride_cols = 0; }},
                    Damage{"negative_padding", [](Network& n) { n.layers[0].window.pad_left = -1; }},
                    Damage{"groups_do_not_divide", [](Network& n) { n.layers[0].window.groups = 2; }},
                    Damage{"negative_channels", [](Network& n) { n.layers[0].out_channels = -1; }},
                    Damage{"no_output_format", [](Network& n) { n.layers[0].output.clear(); }},
                    Damage{"three_output_formats", [](Network& n) { n.layers[0].output.resize(3); }},
                    Damage{"input_from_the_future", [](Network& n) { n.layers[0].inputs = {0}; }},
                    Damage{"no_inputs", [](Network& n) { n.layers[0].inputs.clear(); }},
                    Damage{"two_inputs",
                           [](Network& n) {
                             n.layers[0].inputs = {-1, -1};
                           }},
                    Damage{"no_name", [](Network& n) { n.layers[0].name.clear(); }},
                    Damage{"same_name_twice", [](Network& n) { n.layers.push_back(n.layers[0]); }},
                    Damage{"relu_on_flatten", [](Network& n) { n.layers.push_back(flatten_with_relu()); }},
                    Damage{"huge_input",
                           [](Network& n) {
                             n.input = {1 << 12, 1 << 12, 1 << 12};
                           }},
                    Damage{"empty_input", [](Network& n) { n.input.rows = 0; }},
                    Damage{"one_target_for_two_outputs",
                           [](Network& n) {
                             n.targets = {{"pt", "GeV", 0, 20, 0}};
                           }},
                    Damage{"accumulator_overflow", [](Network& n) { n.layers[0].weights[0] = std::int64_t{1} << 62; }}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(NetworkJson, UnknownKeysAndKindsAreErrors) {
  Json json = network_to_json(small());
  json["layers"][0]["op"] = "transformer";
  EXPECT_THROW(network_from_json(json, "test"), Error);
  json = network_to_json(small());
  json["layers"][0]["colour"] = 1;
  EXPECT_THROW(network_from_json(json, "test"), Error);
  json = network_to_json(small());
  json["layers"][0]["weights"][0] = 0.5;
  EXPECT_THROW(network_from_json(json, "test"), Error);
  json = network_to_json(small());
  json.erase("input");
  EXPECT_THROW(network_from_json(json, "test"), Error);
}

/// A layer without weights on the network's input.
Layer plain(Op op, int input = network_input) {
  Layer layer;
  layer.name = to_string(op) + std::to_string(input);
  layer.op = op;
  layer.inputs = {input};
  return layer;
}

std::string refusal(const Network& network) {
  try {
    check(network);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(NetworkBudget, WindowsWithoutEndAreErrors) {
  Network network{"n", {1, 1, 1}, {2, 0, false}, {plain(Op::max_pool)}, {}};
  Window& w = network.layers[0].window;
  w.kernel_rows = w.kernel_cols = 1 << 16;
  w.pad_top = w.pad_bottom = w.pad_left = w.pad_right = (1 << 16) - 1;
  EXPECT_NE(refusal(network).find("2^24 cells"), std::string::npos);
  w.kernel_cols = 1, w.pad_left = w.pad_right = 0;
  EXPECT_NE(refusal(network).find("cells under all windows"), std::string::npos);
}

TEST(NetworkBudget, ManyElementsAreErrors) {
  Network network{"n", {1, 1 << 10, 1 << 10}, {2, 0, false}, {}, {}};
  for (int i = -1; i < 20; ++i) network.layers.push_back(plain(Op::concat, i));
  EXPECT_NE(refusal(network).find("elements in all layers"), std::string::npos);
}

/// The range of a table is found once, not for each of its elements.
TEST(NetworkBudget, ManyElementsMayShareALargeTable) {
  Network network{"n", {1, 1 << 9, 1 << 9}, {15, 0, false}, {plain(Op::table)}, {}};
  network.layers[0].table.assign(1, std::vector<std::int64_t>(1 << 15, 1));
  network.layers[0].output = {{{2, 0, false}}};
  EXPECT_EQ(refusal(network), "");
}

TEST(NetworkBudget, InputsBeyond16BitsAreErrors) {
  for (const Format format : {Format{16, 0, false}, Format{17, 0, true}, Format{40, 3, false}}) {
    const Network network{"n", {1, 1, 1}, format, {plain(Op::flatten)}, {}};
    EXPECT_NE(refusal(network).find("impossible format"), std::string::npos) << refusal(network);
  }
}

}  // namespace
}  // namespace lutra
