#include "compile/quantize_sum.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ir/check.h"
#include "ir/interpret.h"

namespace lutra {
namespace {

/// What the layer's output is, by the rules of docs/arithmetic.md.
std::int64_t expected(const Node& node, std::int64_t sum) {
  const std::int64_t total = node.relu ? std::max<std::int64_t>(sum + node.bias, 0) : sum + node.bias;
  return node.quantized ? quantize(total, node.frac, node.quantizer) : total;
}

/// One product, -64 to 63, through adder and quantizer: all its values.
void expect_exact(const Node& node, const std::string& what) {
  Program frame;
  frame.inputs = 1;
  frame.input_format = {7, node.frac, true};
  frame.layers = {"layer"};
  Builder b(frame);
  const int x = b.input(0);
  b.set_layer(0);
  const SumQuantizer quantizer(node, b.value(x).range);
  AdderMaker adders(b, {x}, {});
  const int result = quantizer.finish(b, adders.add_row({{0}}, quantizer.target()));
  b.output(result, format_of(b.value(result)));
  const Program p = std::move(b).finish();
  check_program(p, what);
  for (std::int64_t sum = -64; sum < 64; ++sum)
    ASSERT_EQ(interpret(p, std::vector<std::int64_t>{sum})[0], expected(node, sum)) << what << ", sum " << sum;
}

TEST(SumQuantizer, IsTheEvaluatorsQuantizerForEverySum) {
  int cases = 0;
  for (const Rounding rounding : {Rounding::down, Rounding::half_up, Rounding::half_even})
    for (const Overflow overflow : {Overflow::saturate, Overflow::wrap})
      for (const bool relu : {false, true})
        for (const std::int64_t bias : {-37, 0, 5})
          for (const Format format : {Format{4, 2, true}, Format{4, 1, false}, Format{3, 0, false}, Format{5, -2, true},
                                      Format{9, 3, true}, Format{12, 6, true}, Format{1, 3, false}}) {
            Node node;
            node.bias = bias;
            node.frac = 3;
            node.relu = relu;
            node.quantized = true;
            node.quantizer = {format, rounding, overflow};
            expect_exact(node, to_string(format) + " " + to_string(rounding) + " " + to_string(overflow) +
                                   (relu ? " relu" : "") + " bias " + std::to_string(bias));
            ++cases;
          }
  EXPECT_EQ(cases, 252);
}

TEST(SumQuantizer, WithoutAQuantizerOnlyBiasAndReluAreLeft) {
  for (const bool relu : {false, true}) {
    Node node;
    node.bias = -3;
    node.frac = 3;
    node.relu = relu;
    expect_exact(node, relu ? "relu" : "plain");
  }
}

/// A clamp of 2^k values is a period of the sum: the row may be off by multiples of it.
TEST(SumQuantizer, SaturationLeavesTheSumAPeriod) {
  Node node;
  node.frac = 3;
  node.quantized = true;
  node.quantizer = {{4, 1, true}, Rounding::half_up, Overflow::saturate};
  const RowTarget target = SumQuantizer(node, {-200, 200}).target();
  EXPECT_EQ(target.modulus_bits, 2 + 4);
  EXPECT_EQ(target.addend, 2 + 8 * 4);  // half of the last place, and the lowest value raised to 0
  EXPECT_EQ(SumQuantizer(node, {-34, 29}).target().modulus_bits, 0);  // -8 to 7: just not saturated
  EXPECT_EQ(SumQuantizer(node, {-35, 29}).target().modulus_bits, 6);
  EXPECT_EQ(SumQuantizer(node, {-34, 30}).target().modulus_bits, 6);
}

}  // namespace
}  // namespace lutra
