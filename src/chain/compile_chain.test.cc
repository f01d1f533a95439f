#include "chain/compile_chain.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "ir/interpret.h"
#include "model/evaluate.h"

namespace lutra {
namespace {

/// pT and eta from the pooled cells of a window of 8 columns in two layers.
Network small_network() {
  Layer layer;
  layer.name = "head";
  layer.inputs = {network_input};
  layer.out_channels = 2;
  for (int i = 0; i < 16; ++i) layer.weights.push_back(i % 5 - 2);
  layer.weight_frac = layer.bias_frac = {2, 2};
  layer.bias = {3, 1};
  layer.output = {{{6, 2, true}, Rounding::half_even, Overflow::saturate}};
  Network network;
  network.name = "small";
  network.input = {1, 2, 4};
  network.input_format = {2, 1, false};
  network.layers = {layer};
  network.targets = {{"pt", "GeV", 0, 8, 0}, {"eta", "", 0, 0.12, 0.01}};
  return network;
}

ChainRequest small_request() {
  ChainRequest request;
  request.image = {2, 24, 0, 0.01};
  request.fragment.window = 8;
  request.threshold_gev = 2.5;
  return request;
}

TEST(CompileChain, DecidesAsTheEvaluatorDoesInTheFullestWindow) {
  const Network network = small_network();
  const CompiledChain chain = compile_chain(network, small_request(), no_progress);
  const Evaluator evaluator(network);
  int accepted = 0;
  for (int start = 0; start <= 16; ++start) {
    std::vector<std::int64_t> image(48);
    for (int c = 0; c < 8; ++c) image[static_cast<std::size_t>(start + c)] = 1;
    image[static_cast<std::size_t>(24 + start + start % 8)] = 1;
    const ChainInput& c = chain.around;
    const FoundWindow found = run_window_search(c.shape, c.search.chunks, c.search.cells, image);
    ASSERT_EQ(found.start, start);
    const std::vector<std::int16_t> cells(found.cells.begin(), found.cells.end());
    const std::vector<std::int64_t> outputs = interpret(chain.network.program, found.cells);
    EXPECT_EQ(outputs, evaluator.evaluate(cells)) << start;
    const double pt = static_cast<double>(outputs[0]) / 4 * 8;  // two fractional bits, pT scaled by 8 GeV
    EXPECT_EQ(apply(c.rule, outputs, found.start)[2], pt > 2.5) << start;
    accepted += pt > 2.5;
  }
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, 17);
}

TEST(CompileChain, TheSearchTakesAnImagePerBunchCrossingUnlessToldOtherwise) {
  const Network network = small_network();
  ChainRequest request = small_request();
  request.compile.clock_ns = 2;
  const CompiledChain usual = compile_chain(network, request, no_progress);
  EXPECT_EQ(usual.around.shape.interval_cycles, 12);  // 25 ns
  EXPECT_EQ(usual.options.interval, 1);
  EXPECT_EQ(usual.options.input_max, 2);  // hits of two columns

  request.interval = 4;
  const CompiledChain given = compile_chain(network, request, no_progress);
  EXPECT_EQ(given.around.shape.interval_cycles, 4);
  EXPECT_EQ(given.options.interval, 4);

  request.interval.reset();
  request.compile.interval = 3;
  EXPECT_EQ(compile_chain(network, request, no_progress).around.shape.interval_cycles, 3);
}

TEST(CompileChain, RefusesANetworkOfOtherInputs) {
  ChainRequest request = small_request();
  request.fragment.window = 16;
  EXPECT_THROW(compile_chain(small_network(), request, no_progress), Error);
  request = small_request();
  request.fragment.pool_cols = 1;
  request.fragment.window = 4;  // as many cells, of one bit
  EXPECT_THROW(compile_chain(small_network(), request, no_progress), Error);
}

}  // namespace
}  // namespace lutra
