#include "ir/builder.h"

#include <gtest/gtest.h>

#include "ir/check.h"
#include "ir/interpret.h"

namespace lutra {
namespace {

Program frame() {
  Program p;
  p.inputs = 3;
  p.input_format = {4, 1, true};
  p.layers = {"one", "two"};
  return p;
}

TEST(Builder, OpsThatChangeNothingReturnTheirArgument) {
  Builder b(frame());
  const int x = b.input(0), y = b.input(1, Interval{7, 7}), z = b.input(2, Interval{-8, -1});
  EXPECT_EQ(b.floor(x, 0), x);
  EXPECT_EQ(b.wrap(x, {4, 0, true}), x);
  EXPECT_EQ(b.max(x, x), x);
  EXPECT_EQ(b.max(x, y), y);
  EXPECT_EQ(b.max(y, x), y);
  EXPECT_EQ(b.select(x, z, z), z);
  EXPECT_EQ(b.select(z, x, y), x);  // never 0
  EXPECT_EQ(b.select(b.constant(0, 0), x, y), y);
  EXPECT_EQ(b.program().values.size(), 4u);  // three inputs and the 0
}

TEST(Builder, OpsThatAlmostChangeNothingAreMade) {
  Builder b(frame());
  const int x = b.input(0);
  for (const int made : {b.clamp(x, {-8, 6}), b.clamp(x, {-7, 7}), b.wrap(x, {3, 0, true}), b.wrap(x, {4, 0, false}),
                         b.sum({{x, 0, true}}, 0, 1), b.sum({{x, 1}}, 0, 1), b.sum({{x}}, 1, 1), b.floor(x, 1)})
    EXPECT_NE(made, x);
  EXPECT_NO_THROW(check_program(b.program(), "built"));
}

TEST(Builder, RangesFractionsAndLayersAreKept) {
  Builder b(frame());
  b.set_layer(1);
  const int x = b.input(0);
  const Value& floor = b.value(b.floor(x, 2));
  EXPECT_EQ(floor.range, (Interval{-2, 1}));
  EXPECT_EQ(floor.frac, -1);
  EXPECT_EQ(floor.layer, 1);
  EXPECT_EQ(b.value(b.even(b.sum({{x}}, 1, 1), 1)).frac, 0);
  EXPECT_EQ(b.value(b.sum({{x}, {b.input(1)}}, 0, 1, Interval{-3, 100})).range, (Interval{-3, 14}));
  EXPECT_EQ(b.value(b.table(x, std::vector<std::int64_t>(16, 3), -8, 5)).op, Opcode::constant);  // all entries equal
  EXPECT_EQ(b.value(b.narrowed(x, {0, 100})).range, (Interval{0, 7}));
}

TEST(Builder, ConstantsMoveIntoTheAddend) {
  Builder b(frame());
  const int x = b.input(0), three = b.constant(3, 1);
  const Value& sum = b.value(b.sum({{three, 1, true}, {x}, {three}}, 10, 1));  // -6 + x + 3 + 10
  EXPECT_EQ(sum.a, 7);
  EXPECT_EQ(sum.args.size(), 1u);
  const Value& constant = b.value(b.sum({{three, 2}}, 1, 1));
  EXPECT_EQ(constant.op, Opcode::constant);
  EXPECT_EQ(constant.a, 13);
}

TEST(Builder, TablesAreKeptOnce) {
  Builder b(frame());
  std::vector<std::int64_t> squares;
  for (std::int64_t v = -8; v < 8; ++v) squares.push_back(v * v);
  const int x = b.table(b.input(0), squares, -8, 0), y = b.table(b.input(1), squares, -8, 0);
  EXPECT_NE(x, y);
  EXPECT_EQ(b.program().tables.size(), 1u);
  EXPECT_EQ(b.value(x).range, (Interval{0, 64}));
}

/// Every op, copied to a program with the inputs' ranges halved.
TEST(Builder, CopiesComputeTheSame) {
  Builder b(frame());
  const int x = b.input(0), y = b.input(1), z = b.input(2);
  const int sum = b.sum({{x, 1}, {y, 0, true}}, 3, 1);
  const int less = b.less(x, y);
  for (const int out :
       {b.floor(sum, 1), b.even(sum, 2), b.clamp(sum, {-4, 9}), b.wrap(sum, {3, 0, false}), b.max(sum, z),
        b.select(less, z, sum), b.table(z, {9, 1, 8, 2, 7, 3, 6, 4, 5, 5, 4, 6, 3, 7, 2, 8}, -8, 0), b.previous(z),
        b.previous(x, 2), b.start(), less})
    b.output(out, {8, 0, true});
  const Program from = std::move(b).finish();
  Builder to(empty_copy(from));
  std::vector<int> made;
  for (const Value& v : from.values) {
    std::vector<int> args;
    for (const Operand& o : v.args) args.push_back(made[static_cast<std::size_t>(o.value)]);
    to.set_layer(v.layer);
    made.push_back(to.copy(from, v, args));
  }
  for (const Output& o : from.outputs) to.output(made[static_cast<std::size_t>(o.value)], o.format);
  const Program copy = std::move(to).finish();
  check_program(copy, "copy");
  for (std::int64_t i = -8; i < 8; ++i) {
    const std::vector<std::int64_t> event{i, (5 * i + 3) & 7, -i / 2};
    EXPECT_EQ(interpret(copy, event), interpret(from, event)) << i;
  }
}

}  // namespace
}  // namespace lutra
