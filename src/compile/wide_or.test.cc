#include "compile/wide_or.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "compile/collapse.h"
#include "compile/cost.h"
#include "compile/pair_tables.h"
#include "ir/builder.h"
#include "ir/check.h"
#include "ir/interpret.h"
#include "ir/random_program.h"

namespace lutra {
namespace {

/// Bits, ORed by maxima and by saturating sums in random trees, some of them used twice.
Program random_ors(std::uint64_t seed) {
  const Program base = random_program(seed, {.inputs = 8, .values = 20, .max_bits = 4});
  Builder b(empty_copy(base));
  std::vector<int> made, bits;
  for (const Value& v : base.values) {
    std::vector<int> args;
    for (const Operand& o : v.args) args.push_back(made[static_cast<std::size_t>(o.value)]);
    b.set_layer(v.layer);
    made.push_back(b.copy(base, v, args));
    if (b.value(made.back()).range.lo >= 0) bits.push_back(b.clamp(made.back(), {0, 1}));
  }
  for (std::uint64_t i = 0; bits.size() > 1; ++i) {
    const std::uint64_t pick = (seed >> (i % 48)) + i;
    const int x = bits[pick % bits.size()], y = bits[(pick / 7) % bits.size()];
    const int both = pick % 3 == 0 ? b.clamp(b.sum({{x, 1}, {y}}, 0, 0), {0, 1}) : b.max(x, y);
    if (pick % 5 != 0) bits.erase(bits.begin() + static_cast<std::ptrdiff_t>(pick % bits.size()));
    bits.push_back(both);
    if (i > 60) break;
  }
  for (const int bit : bits) b.output(bit, {3, 0, false});
  return std::move(b).finish();
}

RC_GTEST_PROP(WidenOrs, KeepsTheOutputs, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  for (const Program& before : {random_program(seed, {.max_bits = 3}), random_ors(seed)}) {
    const Program after = widen_ors(before);
    check_program(after, "widened");
    const Program paired = pair_tables(collapse(after, {}));
    check_program(paired, "paired");
    for (const auto& event : random_events(before, seed, 10)) {
      RC_ASSERT(interpret(after, event) == interpret(before, event));
      RC_ASSERT(interpret(paired, event) == interpret(before, event));
    }
  }
}

/// Whether any of `n` cells of two bits is set: two maxima of three cells in a table, their OR.
Program any_cell(int n) {
  Program frame;
  frame.inputs = n;
  frame.input_format = {2, 0, false};
  frame.layers = {"any"};
  Builder b(frame);
  b.set_layer(0);
  int any = b.clamp(b.input(0), {0, 1});
  for (int i = 1; i < n; ++i) any = b.max(any, b.clamp(b.input(i), {0, 1}));
  b.output(any, {1, 0, false});
  return std::move(b).finish();
}

TEST(WidenOrs, SixBitsPerTableAndFreeCarryChains) {
  EXPECT_EQ(total_luts(collapse(widen_ors(any_cell(6)), {}), false), 3);  // two tables of three cells, one OR
  const Program wide = collapse(widen_ors(any_cell(60)), {});
  EXPECT_LE(total_luts(wide, false), 22);  // 20 tables and a carry chain of 20 bits
  for (const auto& event : random_events(any_cell(60), 1, 50))
    EXPECT_EQ(interpret(wide, event), interpret(any_cell(60), event));
  const std::vector<std::int64_t> none(60, 0);
  EXPECT_EQ(interpret(wide, none)[0], 0);
  for (std::size_t i = 0; i < none.size(); ++i) {
    std::vector<std::int64_t> one = none;
    one[i] = 2;
    EXPECT_EQ(interpret(wide, one)[0], 1) << i;
  }
}

TEST(PairTables, TwoFunctionsOfFiveBitsAreOneLut) {
  Program frame;
  frame.inputs = 5;
  frame.input_format = {1, 0, false};
  frame.layers = {"pair"};
  Builder b(frame);
  b.set_layer(0);
  const int x = b.max(b.input(0), b.input(1)), y = b.less(b.input(2), b.input(1));
  const int z = b.max(b.input(3), b.input(4));
  for (const int out : {x, y, z}) b.output(out, {1, 0, false});
  const Program before = collapse(std::move(b).finish(), {});
  const Program after = pair_tables(before);
  check_program(after, "paired");
  EXPECT_EQ(total_luts(before, true), 3);
  EXPECT_EQ(total_luts(after, true), 2);
  for (const auto& event : random_events(before, 1, 32)) EXPECT_EQ(interpret(after, event), interpret(before, event));
}

}  // namespace
}  // namespace lutra
