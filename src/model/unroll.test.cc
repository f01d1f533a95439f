#include "model/unroll.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

Layer layer(Op op, std::vector<int> inputs = {network_input}) {
  Layer l;
  l.name = to_string(op);
  l.op = op;
  l.inputs = std::move(inputs);
  return l;
}

Network network(Shape input, std::vector<Layer> layers, Format format = {4, 1, false}) {
  Network n;
  n.input = input;
  n.input_format = format;
  n.layers = std::move(layers);
  return n;
}

std::vector<std::pair<int, std::int64_t>> terms_of(const Node& node) {
  std::vector<std::pair<int, std::int64_t>> terms;
  for (const Term& t : node.terms) terms.emplace_back(t.element, t.weight);
  return terms;
}

using Terms = std::vector<std::pair<int, std::int64_t>>;

/// 0.5-steps times weights of 2^-2, plus a bias of 2^-4: everything on the grid of 2^-4.
TEST(Unroll, DensePutsProductsAndBiasOnOneGrid) {
  Layer dense = layer(Op::dense);
  dense.out_channels = 2;
  dense.weights = {3, 0, -1, 1, 1, 1};
  dense.weight_frac = {2, -1};
  dense.bias = {5, 1};
  dense.bias_frac = {4, 0};
  dense.output = {{{6, 2, true}}};
  const Network n = network({1, 1, 3}, {dense});
  const UnrolledNetwork u = unroll(n);
  ASSERT_EQ(u.nodes.size(), 2u);
  EXPECT_EQ(u.nodes[0].frac, 4);
  EXPECT_EQ(terms_of(u.nodes[0]), (Terms{{0, 6}, {2, -2}}));  // no term for the weight 0
  EXPECT_EQ(u.nodes[0].bias, 5);
  EXPECT_EQ(u.nodes[0].accumulator, (Interval{5 - 30, 5 + 90}));
  EXPECT_EQ(u.nodes[0].magnitude, 5 + 90 + 30);
  EXPECT_EQ(u.nodes[1].frac, 0);
  EXPECT_EQ(terms_of(u.nodes[1]), (Terms{{0, 1}, {1, 1}, {2, 1}}));
  EXPECT_EQ(u.nodes[1].bias, 1);
  EXPECT_EQ(u.formats[3], (Format{6, 2, true}));
  EXPECT_EQ(u.ranges[0], (Interval{0, 15}));
  EXPECT_EQ(u.layer_elements[0], (std::vector<int>{3, 4}));
}

/// Two groups of one channel, 2x2 kernel, stride 2, a row of padding above.
TEST(Unroll, ConvolutionTakesItsGroupAndLeavesOutPadding) {
  Layer conv = layer(Op::conv);
  conv.out_channels = 2;
  conv.window.kernel_rows = conv.window.kernel_cols = 2;
  conv.window.stride_rows = conv.window.stride_cols = 2;
  conv.window.pad_top = 1;
  conv.window.groups = 2;
  conv.weights = {1, 2, 3, 4, 5, 6, 7, 8};
  conv.weight_frac = conv.bias_frac = {0, 0};
  conv.bias = {0, 0};
  conv.output = {{{8, 1, false}}};
  const Network n = network({2, 3, 4}, {conv});
  const UnrolledNetwork u = unroll(n);
  EXPECT_EQ(u.shapes[0], (Shape{2, 2, 2}));
  ASSERT_EQ(u.nodes.size(), 8u);
  EXPECT_EQ(terms_of(u.nodes[0]), (Terms{{0, 3}, {1, 4}}));                    // below the padding
  EXPECT_EQ(terms_of(u.nodes[3]), (Terms{{6, 1}, {7, 2}, {10, 3}, {11, 4}}));  // rows 1 and 2, columns 2 and 3
  EXPECT_EQ(terms_of(u.nodes[5]), (Terms{{14, 7}, {15, 8}}));                  // channel 1 reads channel 1
}

TEST(Unroll, PoolingCountsOrAveragesItsWindow) {
  Layer largest = layer(Op::max_pool), mean = layer(Op::avg_pool);
  for (Layer* l : {&largest, &mean}) l->window.kernel_cols = l->window.stride_cols = 4;
  const Network n = network({1, 1, 8}, {largest, mean});
  const UnrolledNetwork u = unroll(n);
  EXPECT_EQ(u.nodes[0].kind, Node::Kind::max);
  EXPECT_EQ(terms_of(u.nodes[1]), (Terms{{4, 1}, {5, 1}, {6, 1}, {7, 1}}));
  EXPECT_EQ(u.formats[8], (Format{4, 1, false}));
  EXPECT_EQ(u.nodes[2].kind, Node::Kind::linear);
  EXPECT_EQ(u.nodes[2].frac, 1 + 2);  // four cells
  EXPECT_EQ(u.ranges[10], (Interval{0, 60}));
  EXPECT_EQ(u.formats[10], (Format{6, 3, false}));
}

TEST(Unroll, FlattenAndConcatAreOnlyNames) {
  const Network n = network({2, 1, 2}, {layer(Op::flatten), layer(Op::concat, {network_input, network_input})});
  const UnrolledNetwork u = unroll(n);
  EXPECT_TRUE(u.nodes.empty());
  EXPECT_EQ(u.shapes[0], (Shape{4, 1, 1}));
  EXPECT_EQ(u.shapes[1], (Shape{4, 1, 2}));
  EXPECT_EQ(u.layer_elements[1], (std::vector<int>{0, 1, 2, 3, 0, 1, 2, 3}));
}

TEST(Unroll, AddAlignsItsInputs) {
  Layer coarse = layer(Op::activation);
  coarse.output = {{{4, 0, false}}};
  const Network n = network({1, 1, 2}, {coarse, layer(Op::add, {network_input, 0})});
  const UnrolledNetwork u = unroll(n);
  EXPECT_EQ(terms_of(u.nodes[3]), (Terms{{1, 1}, {3, 2}}));
  EXPECT_EQ(u.nodes[3].frac, 1);
}

TEST(Unroll, TablesAreOnePerChannelElementOrAll) {
  for (const std::size_t count : {1u, 2u, 4u}) {
    Layer table = layer(Op::table);
    for (std::size_t t = 0; t < count; ++t) table.table.push_back(std::vector<std::int64_t>(8, static_cast<int>(t)));
    table.output = {{{3, 0, false}}};
    const Network n = network({2, 1, 2}, {table}, {3, 0, true});
    const UnrolledNetwork u = unroll(n);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(u.nodes[i].table, &n.layers[0].table[i * count / 4]) << count;
    EXPECT_EQ(u.nodes[0].table_min, -4);
  }
}

TEST(Unroll, ErrorsNameTheLayer) {
  Layer table = layer(Op::table);
  table.table = {std::vector<std::int64_t>(15, 0)};  // 16 are needed
  table.output = {{{3, 0, false}}};
  Layer mixed = layer(Op::activation);
  mixed.output = {{{4, 0, false}}};
  Layer joined = layer(Op::concat, {network_input, 0}), pool = layer(Op::max_pool, {1});
  const auto message = [](std::vector<Layer> layers) -> std::string {
    try {
      unroll(network({1, 1, 2}, std::move(layers)));
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  };
  EXPECT_NE(message({table}).find("layer \"table\""), std::string::npos);
  EXPECT_NE(message({table}).find("15 entries"), std::string::npos);
  EXPECT_EQ(message({mixed, joined, pool}), "");  // pooled channel by channel
}

}  // namespace
}  // namespace lutra
