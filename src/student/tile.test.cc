#include "student/tile.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/random.h"

namespace lutra {
namespace {

LinearMap small_conv() {
  Window window;
  window.kernel_rows = 2;
  window.kernel_cols = 3;
  window.stride_cols = 2;
  window.pad_left = window.pad_right = 1;
  window.groups = 2;
  return conv_map({4, 3, 6}, 6, window);
}

std::vector<float> random_floats(std::size_t n, std::uint64_t stream) {
  Random random(3, RandomStream::verify, stream);
  std::vector<float> values(n);
  for (float& v : values) v = static_cast<float>(random.normal());
  return values;
}

std::vector<Tile> random_tiles(int n, std::uint64_t stream) {
  std::vector<Tile> tiles(static_cast<std::size_t>(n));
  const auto values = random_floats(tiles.size() * tile_events, stream);
  for (std::size_t i = 0; i < values.size(); ++i) tiles[i / tile_events].lane[i % tile_events] = values[i];
  return tiles;
}

/// sum of a x b over all lanes.
double dot(const std::vector<Tile>& a, const std::vector<Tile>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t e = 0; e < tile_events; ++e) sum += static_cast<double>(a[i].lane[e]) * b[i].lane[e];
  return sum;
}

TEST(LinearMap, ConvolutionHasTheProductsOfItsDefinition) {
  const LinearMap map = small_conv();
  EXPECT_EQ(map.weights, 6 * 2 * 2 * 3);
  EXPECT_EQ(map.outputs, 6 * 2 * 3);
  // Output (channel 5, row 1, col 0): group 1 reads channels 2 and 3, rows 1..2, columns -1..1, of which -1 is padding.
  const std::size_t output = (5 * 2 + 1) * 3;
  std::vector<std::pair<int, int>> got;
  for (std::uint32_t l = map.by_output.begin[output]; l < map.by_output.begin[output + 1]; ++l)
    got.emplace_back(map.by_output.links[l].a, map.by_output.links[l].b);
  const auto in = [](int channel, int row, int col) { return (channel * 3 + row) * 6 + col; };
  const std::vector<std::pair<int, int>> want = {{in(2, 1, 0), 61}, {in(2, 1, 1), 62}, {in(2, 2, 0), 64},
                                                 {in(2, 2, 1), 65}, {in(3, 1, 0), 67}, {in(3, 1, 1), 68},
                                                 {in(3, 2, 0), 70}, {in(3, 2, 1), 71}};
  EXPECT_EQ(got, want);
}

TEST(LinearMap, AStationSeesItsOwnRows) {
  const LinearMap map = station_map({1, 9, 16}, 8, {.kernel_rows = 9, .kernel_cols = 3}, {3, 2, 2, 2});
  EXPECT_EQ(map.outputs, 8 * 14);
  std::vector<float> weights(static_cast<std::size_t>(map.weights), 1.0f);
  clear_unused(map, weights);
  for (int channel = 0; channel < 8; ++channel)
    for (int row = 0; row < 9; ++row) {
      const int station = row < 3 ? 0 : (row - 1) / 2;
      for (int col = 0; col < 3; ++col)
        EXPECT_EQ(weights[static_cast<std::size_t>((channel * 9 + row) * 3 + col)], channel % 4 == station ? 1 : 0);
    }
  // Output (channel 6, column 13): station 2, rows 5 and 6, columns 13..15.
  const std::size_t output = 6 * 14 + 13;
  std::vector<int> inputs;
  for (std::uint32_t l = map.by_output.begin[output]; l < map.by_output.begin[output + 1]; ++l)
    inputs.push_back(static_cast<int>(map.by_output.links[l].a));
  EXPECT_EQ(inputs, (std::vector<int>{93, 94, 95, 109, 110, 111}));
}

// <slopes, A x> = <A^T slopes, x> for both transposes: with respect to the input and to the weights.
TEST(Tile, BackwardPassesAreTheTransposesOfTheForwardPass) {
  const LinearMap map = small_conv();
  const auto weights = random_floats(static_cast<std::size_t>(map.weights), 1);
  const std::vector<float> no_bias(static_cast<std::size_t>(map.channels));
  const auto in = random_tiles(map.inputs, 2), slopes = random_tiles(map.outputs, 3);
  std::vector<Tile> out(static_cast<std::size_t>(map.outputs)), in_slopes(in.size());
  std::vector<HalfTile> weight_slopes(weights.size()), bias_slopes(no_bias.size());
  tile_sums(map, weights.data(), no_bias.data(), in.data(), out.data());
  tile_add_input_slopes(map, weights.data(), slopes.data(), in_slopes.data());
  tile_add_weight_slopes(map, in.data(), slopes.data(), weight_slopes.data(), bias_slopes.data());

  const double forward = dot(slopes, out);
  EXPECT_NEAR(dot(in_slopes, in), forward, 1e-3);
  double through_weights = 0;
  for (std::size_t w = 0; w < weights.size(); ++w) through_weights += weights[w] * lane_sum(weight_slopes[w]);
  EXPECT_NEAR(through_weights, forward, 1e-3);
}

// Every output's slope goes to exactly one input, the first of the largest.
TEST(Tile, MaxTakesTheLargestAndSendsItsSlopeThere) {
  Window window;
  window.kernel_rows = 2;
  window.kernel_cols = 2;
  window.stride_rows = 2;
  window.stride_cols = 2;
  window.pad_left = window.pad_right = 1;
  const LinearMap map = pool_map({2, 2, 3}, window);
  ASSERT_EQ(map.outputs, 2 * 1 * 2);
  const auto in = random_tiles(map.inputs, 2), slopes = random_tiles(map.outputs, 3);
  std::vector<Tile> out(static_cast<std::size_t>(map.outputs)), in_slopes(in.size());
  tile_max(map, in.data(), out.data());
  tile_add_max_slopes(map, in.data(), out.data(), slopes.data(), in_slopes.data());
  // Windows of channel 1: column 0 (beside padding), columns 1 and 2; rows 0 and 1.
  for (std::size_t e = 0; e < tile_events; ++e) {
    const std::size_t top = in[6].lane[e] >= in[9].lane[e] ? 6 : 9;
    EXPECT_EQ(out[2].lane[e], in[top].lane[e]);
    EXPECT_EQ(in_slopes[top].lane[e], slopes[2].lane[e]);
    EXPECT_EQ(in_slopes[15 - top].lane[e], 0);
    EXPECT_EQ(out[3].lane[e], std::max({in[7].lane[e], in[8].lane[e], in[10].lane[e], in[11].lane[e]}));
    EXPECT_EQ(in_slopes[7].lane[e] + in_slopes[8].lane[e] + in_slopes[10].lane[e] + in_slopes[11].lane[e],
              slopes[3].lane[e]);
  }
}

TEST(Tile, OfEqualInputsTheFirstTakesTheSlope) {
  Window window;
  window.kernel_cols = 3;
  const LinearMap map = pool_map({1, 1, 3}, window);
  std::vector<Tile> in(3), out(1), slopes(1), in_slopes(3);
  in[1].lane[0] = in[2].lane[0] = 1;
  slopes[0].lane[0] = 5;
  tile_max(map, in.data(), out.data());
  tile_add_max_slopes(map, in.data(), out.data(), slopes.data(), in_slopes.data());
  EXPECT_EQ(out[0].lane[0], 1);
  EXPECT_EQ(in_slopes[0].lane[0], 0);
  EXPECT_EQ(in_slopes[1].lane[0], 5);
  EXPECT_EQ(in_slopes[2].lane[0], 0);
}

TEST(Tile, BiasIsAddedAndItsSlopeIsTheSumOfSlopes) {
  const LinearMap map = dense_map(2, 2);
  const std::vector<float> weights = {1, 2, 3, 4}, bias = {10, 20};
  std::vector<Tile> in(2), out(2), slopes(2);
  in[0].lane[5] = 1;
  in[1].lane[5] = -1;
  slopes[1].lane[3] = 2;
  slopes[1].lane[20] = 3;
  tile_sums(map, weights.data(), bias.data(), in.data(), out.data());
  EXPECT_EQ(out[0].lane[5], 9);
  EXPECT_EQ(out[1].lane[5], 19);
  EXPECT_EQ(out[1].lane[4], 20);
  std::vector<HalfTile> weight_slopes(4), bias_slopes(2);
  tile_add_weight_slopes(map, in.data(), slopes.data(), weight_slopes.data(), bias_slopes.data());
  EXPECT_EQ(lane_sum(bias_slopes[0]), 0);
  EXPECT_EQ(lane_sum(bias_slopes[1]), 5);
}

RC_GTEST_PROP(TileActivate, EqualsTheArithmeticOfFixed, ()) {
  const int bits = *rc::gen::inRange(1, 13), frac = *rc::gen::inRange(-2, 12);
  const bool is_signed = *rc::gen::arbitrary<bool>();
  const Quantizer quantizer{
      {bits, frac, is_signed}, *rc::gen::element(Rounding::half_even, Rounding::half_up), Overflow::saturate};
  const int sum_frac = frac + *rc::gen::inRange(0, 8);
  const LinearMap map = dense_map(1, 1);
  Activation activation;
  activation.rounding = quantizer.rounding;
  activation.scale = {std::ldexp(1.0f, frac)};
  activation.lo = {static_cast<float>(quantizer.format.min())};
  activation.hi = {static_cast<float>(quantizer.format.max())};
  const auto integers = *rc::gen::container<std::vector<int>>(tile_events, rc::gen::inRange(-(1 << 20), 1 << 20));
  Tile sums{}, out{};
  for (std::size_t e = 0; e < tile_events; ++e) sums.lane[e] = std::ldexp(static_cast<float>(integers[e]), -sum_frac);
  tile_activate(map, activation, &sums, &out);
  for (std::size_t e = 0; e < tile_events; ++e)
    RC_ASSERT(out.lane[e] == static_cast<float>(to_real(quantize(integers[e], sum_frac, quantizer), frac)));
}

TEST(TileActivate, SlopePassesInsideAndLeaksOutside) {
  const LinearMap map = dense_map(1, 1);
  const Activation activation{true, Rounding::half_even, {4}, {0}, {3}, 0.1f};
  Tile sums{}, slopes{};
  sums.lane[0] = 0.5;
  sums.lane[1] = -0.1f;
  sums.lane[2] = 0.8f;
  for (float& v : slopes.lane) v = 1;
  tile_activate_backward(map, activation, &sums, &slopes);
  EXPECT_EQ(slopes.lane[0], 1);
  EXPECT_EQ(slopes.lane[1], 0.1f);
  EXPECT_EQ(slopes.lane[2], 0.1f);
}

}  // namespace
}  // namespace lutra
