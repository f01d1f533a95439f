#include "report/network_summary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

#include "base/error.h"
#include "report/network_drawing.h"

namespace lutra {
namespace {

Json window(int rows, int cols, int stride) {
  return {{"kernel", {rows, cols}}, {"stride", {stride, stride}}, {"padding", {0, 0, 1, 1}}, {"groups", 1}};
}

Json sample() {
  return Json::parse(R"({"name": "n", "input": {"shape": [1, 9, 16], "format": "u2.1"}, "targets": [], "layers": [
    {"name": "c", "op": "conv", "inputs": [-1], "window": {}, "out_channels": 2, "relu": true,
     "weights": [0, 3, -8, 7, 1], "output": [{"format": "u4.4"}, {"format": "u3.2"}]},
    {"name": "p", "op": "max_pool", "inputs": [0], "window": {}},
    {"name": "f", "op": "flatten", "inputs": [1]},
    {"name": "d", "op": "dense", "inputs": [2], "out_channels": 2, "weights": [], "output": [{"format": "s12.10"}]},
    {"name": "j", "op": "concat", "inputs": [3, 3]}]})");
}

std::vector<LayerSummary> summaries() {
  Json network = sample();
  network["layers"][0]["window"] = window(3, 3, 1);
  network["layers"][1]["window"] = window(1, 4, 2);
  return summarise_network(network, "network.json");
}

TEST(SummariseNetwork, ShapesFollowTheWindows) {
  const std::vector<LayerSummary> layers = summaries();
  ASSERT_EQ(layers.size(), 6u);
  EXPECT_EQ(shape_text(layers[0]), "1 x 9 x 16");
  EXPECT_EQ(shape_text(layers[1]), "2 x 7 x 16");  // 9 - 3 + 1; 16 + 2 - 3 + 1
  EXPECT_EQ(shape_text(layers[2]), "2 x 4 x 8");   // (7 - 1) / 2 + 1; (16 + 2 - 4) / 2 + 1
  EXPECT_EQ(shape_text(layers[3]), "64");
  EXPECT_EQ(shape_text(layers[4]), "2");
  EXPECT_EQ(shape_text(layers[5]), "4");
}

TEST(SummariseNetwork, WeightsBitsAndFormats) {
  const LayerSummary conv = summaries()[1];
  EXPECT_EQ(conv.weights, 5);
  EXPECT_EQ(conv.zero_weights, 1);
  EXPECT_EQ(conv.weight_bits, 4);    // -8..7
  EXPECT_EQ(conv.signed_digits, 6);  // 3 = 4-1, 8, 7 = 8-1, 1
  EXPECT_EQ(conv.output, "u3.2 .. u4.4");
  EXPECT_TRUE(conv.relu);
  EXPECT_EQ(conv.op, "conv 3x3");
}

TEST(SummariseNetwork, BadNetworksAreErrors) {
  EXPECT_THROW(summarise_network(Json::object(), "x"), Error);
  EXPECT_THROW(summarise_network(sample(), "x"), Error);  // its windows are empty
  Json forward = sample();
  forward["layers"][0] = {{"name", "f"}, {"op", "flatten"}, {"inputs", {0}}};
  EXPECT_THROW(summarise_network(forward, "x"), Error);
}

TEST(CountSignedDigits, KnownNumbers) {
  EXPECT_EQ(count_signed_digits(0), 0);
  EXPECT_EQ(count_signed_digits(64), 1);
  EXPECT_EQ(count_signed_digits(7), 2);
  EXPECT_EQ(count_signed_digits(-5), 2);
  EXPECT_EQ(count_signed_digits(0x55), 4);
}

/// Non-adjacent form built digit by digit: what the formula must count.
int naf_digits(std::int64_t n) {
  int digits = 0;
  for (; n != 0; n /= 2)
    if (n % 2 != 0) {
      n -= 2 - (n & 3);
      ++digits;
    }
  return digits;
}

RC_GTEST_PROP(CountSignedDigits, IsTheNonAdjacentForm, ()) {
  const auto n = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 40);
  RC_ASSERT(count_signed_digits(n) == naf_digits(n));
  RC_ASSERT(count_signed_digits(-n) == count_signed_digits(n));
  RC_ASSERT(count_signed_digits(n) <= std::popcount(static_cast<std::uint64_t>(n)));
}

TEST(DrawNetwork, EscapesNamesAndDrawsEveryLayer) {
  std::vector<LayerSummary> layers = summaries();
  layers[1].name = "<script>";
  const std::string svg = draw_network(layers);
  EXPECT_EQ(svg.find("<script>"), std::string::npos);
  std::size_t groups = 0;
  for (std::size_t at = svg.find("<g>"); at != std::string::npos; at = svg.find("<g>", at + 1)) ++groups;
  EXPECT_EQ(groups, layers.size());
}

}  // namespace
}  // namespace lutra
