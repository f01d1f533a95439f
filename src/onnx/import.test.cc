#include "onnx/import.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"
#include "model/evaluate.h"
#include "onnx/graph.h"
#include "onnx/graph_maker.h"
#include "onnx/oracle.h"

namespace lutra::onnx {
namespace {

std::vector<double> physical(const Network& network, const Evaluator& evaluator,
                             const std::vector<std::int16_t>& input) {
  const auto integers = evaluator.evaluate(input);
  const auto formats = evaluator.output_formats();
  std::vector<double> values;
  for (std::size_t i = 0; i < integers.size(); ++i) {
    const double x = to_real(integers[i], formats[i].frac);
    values.push_back(network.targets.empty() ? x : network.targets[i].to_physical(x, 0));
  }
  return values;
}

/// Imports the graph and compares its outputs with the oracle's on random inputs. Equal codes give values that differ
/// by rounding in the last place only; different codes by a whole step.
void expect_oracle(GraphMaker& maker, std::size_t events = 40) {
  const std::string bytes = maker.finish();
  const Imported imported = import_network(bytes, "test");
  const Graph graph = parse_graph(bytes, "test");
  const Evaluator evaluator(imported.network);
  oracle::Oracle<double> oracle(graph);
  for (std::size_t e = 0; e < events; ++e) {
    oracle::Array<double> x{graph.inputs[0].dims, maker.random_input()};
    const auto expected = oracle.run(x).at(graph.outputs[0].name).v;
    const auto got = physical(imported.network, evaluator, encode_inputs(imported, x.v));
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i)
      ASSERT_NEAR(got[i], expected[i], 1e-9 * (1 + std::abs(expected[i]))) << "event " << e << " output " << i;
  }
}

/// Dense networks with any mixture of scales, normalisations and activations.
RC_GTEST_PROP(Import, dense_networks_equal_the_oracle, ()) {
  GraphMaker g(*rc::gen::arbitrary<std::uint64_t>(), {1, *rc::gen::inRange<std::int64_t>(2, 9)});
  g.input_quant();
  for (int layer = 0; layer < 3; ++layer) {
    g.dense(g.between(1, 6));
    g.random_normalisation();
    g.random_activation();
  }
  if (g.chance(0.5)) g.dense(3);
  expect_oracle(g);
}

RC_GTEST_PROP(Import, convolutions_equal_the_oracle, ()) {
  GraphMaker g(*rc::gen::arbitrary<std::uint64_t>(), {1, *rc::gen::inRange<std::int64_t>(1, 3), 6, 7});
  g.input_quant();
  g.conv(g.between(1, 4));
  g.random_normalisation();
  g.random_activation();
  if (g.chance(0.5)) g.pool(g.chance(0.5) ? "MaxPool" : "AveragePool");
  g.conv(g.between(1, 3));
  g.random_normalisation();
  g.random_activation();
  g.flatten();
  g.dense(3);
  g.random_activation();
  expect_oracle(g);
}

TEST(Import, BatchNormalisationAndItsExpansionAgree) {
  for (const bool expanded : {false, true}) {
    GraphMaker g(7, {1, 6});
    g.input_quant();
    g.dense(5);
    g.normalisation(expanded);
    g.quant(4, false, 0.037, "ROUND");
    g.dense(2);
    expect_oracle(g, 200);
  }
}

TEST(Import, ResidualSumAndConcat) {
  GraphMaker g(11, {1, 4});
  g.input_quant();
  g.dense(4);
  g.quant(4, true, 0.25, "ROUND");
  const std::string left = g.last();
  g.dense(4);
  g.quant(3, true, 0.5, "FLOOR");
  g.node("Add", {g.last(), left});
  const std::string sum = g.last();
  g.node("Concat", {sum, left}, {{"axis", std::int64_t{1}}});
  g.set_channels(8);
  g.dense(3);
  expect_oracle(g, 200);
}

TEST(Import, ArgMaxComparesUnevenBiases) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    GraphMaker g(seed, {1, 5});
    g.input_quant();
    g.dense(6, 0.125);
    g.node("Add", {g.last(), g.constant({{6}, {0.1, 0.15, -0.07, 0.1, 0.3, 0}, false})});
    g.node("ArgMax", {g.last()}, {{"axis", std::int64_t{1}}});
    expect_oracle(g, 100);
  }
}

TEST(Import, FlatteningChainOfShapes) {
  GraphMaker g(3, {1, 1, 4, 4});
  const std::string x = g.last();
  g.node("Shape", {x});
  g.node("Gather", {g.last(), g.constant({{}, {0}, true})}, {{"axis", std::int64_t{0}}});
  g.node("Unsqueeze", {g.last()}, {{"axes", std::vector<std::int64_t>{0}}});
  g.node("Concat", {g.last(), g.constant({{1}, {-1}, true})}, {{"axis", std::int64_t{0}}});
  g.node("Reshape", {x, g.last()});
  g.set_channels(16);
  g.input_quant();
  g.dense(3);
  expect_oracle(g, 50);
}

TEST(Import, GivenInputFormatMakesTheFirstQuantizerALayer) {
  GraphMaker g(5, {1, 6});
  g.node("Mul", {g.last(), g.constant(scalar(2))});
  g.node("Sub", {g.last(), g.constant(scalar(1))});
  g.quant(2, true, 1, "ROUND", true);
  g.dense(4);
  const std::string bytes = g.finish();
  ImportOptions raw;
  raw.input_format = Format{8, 0, false};
  raw.input_divisor = 255;
  const Imported a = import_network(bytes, "test"), b = import_network(bytes, "test", raw);
  EXPECT_EQ(b.network.input_format, (Format{8, 0, false}));
  const Evaluator first(a.network), second(b.network);
  for (int level = 0; level < 256; ++level) {
    const std::vector<double> x(6, level / 255.0);
    EXPECT_EQ(first.evaluate(encode_inputs(a, x)),
              second.evaluate(std::vector<std::int16_t>(6, static_cast<std::int16_t>(level))));
  }
}

}  // namespace
}  // namespace lutra::onnx
