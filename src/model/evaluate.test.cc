#include "model/evaluate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"
#include "model/random_network.h"

namespace lutra {
namespace {

Layer dense_layer(std::vector<std::int64_t> weights, int outputs, Quantizer output) {
  Layer layer;
  layer.name = "dense";
  layer.op = Op::dense;
  layer.inputs = {network_input};
  layer.out_channels = outputs;
  layer.weights = std::move(weights);
  const auto n = static_cast<std::size_t>(outputs);
  layer.weight_frac.assign(n, 0);
  layer.bias.assign(n, 0);
  layer.bias_frac.assign(n, 0);
  layer.output = {output};
  return layer;
}

Network network_of(Shape input, Format format, std::vector<Layer> layers) {
  Network network;
  network.input = input;
  network.input_format = format;
  network.layers = std::move(layers);
  return network;
}

TEST(Evaluator, DenseByHand) {
  Layer layer = dense_layer({3, -2, 5, 1}, 2, {{8, 1, true}, Rounding::half_even, Overflow::saturate});
  layer.weight_frac = {2, 0};  // 0.75, -0.5 | 5, 1
  layer.bias = {1, -40};
  layer.bias_frac = {1, 0};
  const Evaluator evaluator(network_of({1, 1, 2}, {4, 1, false}, {layer}));
  // x = (3.5, 1.5): 2.625 - 0.75 + 0.5 = 2.375 -> 2.5 (5 halves); 17.5 + 1.5 - 40 = -21 (-42 halves)
  EXPECT_EQ(evaluator.evaluate(std::vector<std::int16_t>{7, 3}), (std::vector<std::int64_t>{5, -42}));
}

TEST(Evaluator, PaddedStridedConvolutionByHand) {
  Layer layer = dense_layer({1, 2, 3, 4}, 1, {{8, 0, false}, Rounding::down, Overflow::saturate});
  layer.op = Op::conv;
  layer.window.kernel_rows = layer.window.kernel_cols = 2;
  layer.window.stride_cols = 2;
  layer.window.pad_left = 1;
  const Evaluator evaluator(network_of({1, 2, 3}, {4, 0, false}, {layer}));
  // rows 1 2 3 / 4 5 6; left window covers column -1 and 0, right window columns 1 and 2
  EXPECT_EQ(evaluator.evaluate(std::vector<std::int16_t>{1, 2, 3, 4, 5, 6}),
            (std::vector<std::int64_t>{2 * 1 + 4 * 4, 1 * 2 + 2 * 3 + 3 * 5 + 4 * 6}));
}

TEST(Evaluator, PoolingAddConcatArgmax) {
  Layer max;
  max.name = "max";
  max.op = Op::max_pool;
  max.inputs = {network_input};
  max.window.kernel_cols = 2;
  max.window.stride_cols = 2;
  Layer mean = max;
  mean.name = "mean";
  mean.op = Op::avg_pool;
  Layer sum;
  sum.name = "sum";
  sum.op = Op::add;
  sum.inputs = {0, 1};
  Layer joined = sum;
  joined.name = "joined";
  joined.op = Op::concat;
  joined.inputs = {2, 0};
  Layer argmax;
  argmax.name = "argmax";
  argmax.op = Op::argmax;
  argmax.inputs = {3};
  const Evaluator evaluator(network_of({1, 1, 4}, {4, 0, true}, {max, mean, sum, joined, argmax}));
  const auto layers = evaluator.evaluate_layers(std::vector<std::int16_t>{-3, 2, 5, 4});
  EXPECT_EQ(layers[0], (std::vector<std::int64_t>{2, 5}));
  EXPECT_EQ(layers[1], (std::vector<std::int64_t>{-1, 9}));  // in halves
  EXPECT_EQ(layers[2], (std::vector<std::int64_t>{3, 19}));  // in halves
  EXPECT_EQ(layers[3], (std::vector<std::int64_t>{3, 19, 2, 5}));
  EXPECT_EQ(layers[4], (std::vector<std::int64_t>{1}));  // 1.5, 9.5, 2, 5
}

TEST(Evaluator, ArgmaxTakesTheFirstOfEquals) {
  Layer argmax;
  argmax.name = "argmax";
  argmax.op = Op::argmax;
  argmax.inputs = {network_input};
  const Evaluator evaluator(network_of({4, 1, 1}, {4, 0, true}, {argmax}));
  EXPECT_EQ(evaluator.evaluate(std::vector<std::int16_t>{-5, 3, 3, 1}), (std::vector<std::int64_t>{1}));
}

/// The block evaluator and the plain one are two implementations of the same definition.
RC_GTEST_PROP(Evaluator, blocks_equal_single_events, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Network network = random_network(seed);
  const Evaluator evaluator(network);
  const std::size_t events = 70;
  const auto inputs = random_inputs(network, seed, events);
  const auto outputs = evaluator.evaluate(inputs);
  const auto width = static_cast<std::size_t>(evaluator.inputs());
  for (std::size_t e = 0; e < events; ++e) {
    const auto last = evaluator.evaluate_layers(std::span(inputs).subspan(e * width, width)).back();
    for (std::size_t o = 0; o < last.size(); ++o) RC_ASSERT(outputs[e * last.size() + o] == last[o]);
  }
}

/// Every value lies in the format and in the exact range that were promised for it.
RC_GTEST_PROP(Evaluator, values_lie_in_their_ranges, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Network network = random_network(seed);
  const UnrolledNetwork unrolled = unroll(network);
  const Evaluator evaluator(network);
  const auto inputs = random_inputs(network, seed, 20);
  const auto width = static_cast<std::size_t>(evaluator.inputs());
  for (std::size_t e = 0; e < 20; ++e) {
    const auto layers = evaluator.evaluate_layers(std::span(inputs).subspan(e * width, width));
    for (std::size_t l = 0; l < layers.size(); ++l)
      for (std::size_t i = 0; i < layers[l].size(); ++i) {
        const auto id = static_cast<std::size_t>(unrolled.layer_elements[l][i]);
        RC_ASSERT(unrolled.ranges[id].contains(layers[l][i]));
        RC_ASSERT(interval_of(unrolled.formats[id]).contains(layers[l][i]));
      }
  }
}

TEST(Evaluator, WideNetworksTakeThe64BitPath) {
  Layer layer = dense_layer({(std::int64_t{1} << 40) + 1}, 1, {{60, 0, true}});
  const Evaluator evaluator(network_of({1, 1, 1}, {12, 0, true}, {layer}));
  EXPECT_EQ(evaluator.evaluate(std::vector<std::int16_t>{-7}),
            (std::vector<std::int64_t>{-7 * ((std::int64_t{1} << 40) + 1)}));
}

TEST(Evaluator, InputOutsideItsFormatIsAnError) {
  const Evaluator evaluator(network_of({1, 1, 1}, {2, 0, false}, {dense_layer({1}, 1, {{4, 0, false}})}));
  EXPECT_THROW(evaluator.evaluate(std::vector<std::int16_t>{4}), Error);
  EXPECT_THROW(evaluator.evaluate(std::vector<std::int16_t>{-1}), Error);
}

TEST(Evaluator, OverflowingAccumulatorIsAnError) {
  const Layer layer = dense_layer({std::int64_t{1} << 62, std::int64_t{1} << 62}, 1, {{8, 0, true}});
  EXPECT_THROW(Evaluator(network_of({1, 1, 2}, {4, 0, false}, {layer})), Error);
}

}  // namespace
}  // namespace lutra
