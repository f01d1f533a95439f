#include "compile/adders.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "ir/check.h"
#include "ir/interpret.h"

namespace lutra {
namespace {

/// Inputs of 1 to 6 bits, some signed.
Builder random_inputs(Random& random, std::vector<int>& values) {
  Program frame;
  frame.inputs = 2 + static_cast<int>(random.below(8));
  frame.input_format = {7, 0, true};
  frame.layers = {"sums"};
  Builder builder(frame);
  for (int i = 0; i < frame.inputs; ++i) {
    const std::int64_t lo = random.chance(0.2) ? -1 - std::int64_t{random.below(8)} : 0;
    values.push_back(builder.input(i, Interval{lo, 1 + random.below(31)}));
  }
  builder.set_layer(0);
  return builder;
}

std::vector<Digit> random_digits(Random& random, std::size_t signals, std::uint32_t most) {
  std::vector<Digit> digits;
  for (std::uint32_t n = random.below(most + 1); n > 0; --n)
    digits.push_back({static_cast<int>(random.below(static_cast<std::uint32_t>(signals))),
                      static_cast<int>(random.below(4)), random.chance(0.4)});
  return digits;
}

std::int64_t sum_of(const std::vector<Digit>& digits, const std::vector<std::int64_t>& signals) {
  std::int64_t sum = 0;
  for (const Digit& d : digits) sum += (signals[static_cast<std::size_t>(d.signal)] << d.shift) * (d.negative ? -1 : 1);
  return sum;
}

struct Row {
  std::vector<Digit> digits;
  RowTarget target;
  RowResult made;
};

/// Ranges are checked by the interpreter: constants that were moved must not make a sum leave its range.
RC_GTEST_PROP(AdderMaker, RowsAreTheirDigitsTheAddendAndTheExcess, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>(), RandomStream::verify, 1);
  std::vector<int> values;
  Builder builder = random_inputs(random, values);
  const std::size_t inputs = values.size();
  AdderMaker adders(builder, values, {random.chance(0.7), random.chance(0.8), random.chance(0.8)});
  std::vector<std::vector<Digit>> shared;
  for (int i = 0; i < 3; ++i) {
    shared.push_back({{static_cast<int>(random.below(static_cast<std::uint32_t>(inputs)))}});
    for (const Digit& d : random_digits(random, inputs + shared.size() - 1, 5)) shared.back().push_back(d);
  }
  adders.add_shared(shared);
  std::vector<Row> rows;
  for (int i = 0; i < 4; ++i) {
    const RowTarget target{static_cast<std::int64_t>(random.below(400)) - 200, static_cast<int>(random.below(9)), 0};
    const auto digits = random_digits(random, inputs + shared.size(), 14);
    rows.push_back({digits, target, adders.add_row(digits, target)});
  }
  const Program program = std::move(builder).finish();
  check_program(program, "sums");
  for (int event = 0; event < 10; ++event) {
    std::vector<std::int64_t> signals;
    for (std::size_t i = 0; i < inputs; ++i) {
      const Interval range = program.values[i].range;
      const auto width = static_cast<std::uint32_t>(range.hi - range.lo + 1);
      signals.push_back(random.chance(0.3) ? range.hi : range.lo + random.below(width));
    }
    const auto got = interpret_values(program, signals);
    for (const auto& digits : shared) signals.push_back(sum_of(digits, signals));
    for (const Row& r : rows) {
      const std::int64_t value = got[static_cast<std::size_t>(r.made.value)];
      RC_ASSERT(value == sum_of(r.digits, signals) + r.target.addend + r.made.excess);
      if (r.target.modulus_bits == 0) RC_ASSERT(r.made.excess == 0);
      RC_ASSERT((r.made.excess & ((std::int64_t{1} << r.target.modulus_bits) - 1)) == 0);
      if (r.target.modulus_bits > 0) RC_ASSERT(value >= 0);
    }
  }
}

TEST(TreePlanner, KnowsRangesOfFormsInWhichASignalComesTwice) {
  const TreePlanner planner({{0, 15}}, {});
  const LinearSignal x = planner.input(0);
  const AdderTree tree = planner.plan({{x, 2}, {x, 0, true}}, RowTarget{});  // 4 x - x, not -15..60
  EXPECT_EQ(tree.adders.back().range, (Interval{0, 45}));
}

TEST(TreePlanner, ConstantsInGapsBesideOperandsAreFree) {
  const TreePlanner planner({{0, 15}, {0, 15}, {0, 15}, {0, 15}, {0, 15}}, {true});
  std::vector<TreePart> parts;
  for (int i = 0; i < 5; ++i) parts.push_back({planner.input(i), i == 4 ? 1 : 0});
  const double without = planner.plan(parts, RowTarget{0, 4}).luts;
  const AdderTree tree = planner.plan(parts, RowTarget{1, 4});
  EXPECT_EQ(tree.adders.size(), 2u);
  EXPECT_EQ(tree.luts, without);
}

}  // namespace
}  // namespace lutra
