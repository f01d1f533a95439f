#include "ir/program.h"

#include <gtest/gtest.h>

// A false alarm of g++ 12: it takes the lists of cases below to be destroyed before they are made.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace lutra {
namespace {

/// Values of a program whose first ones are inputs in these ranges.
Program with_inputs(const std::vector<Interval>& ranges) {
  Program p;
  p.inputs = static_cast<int>(ranges.size());
  p.input_format = {8, 0, true};
  p.layers = {"layer"};
  p.tables = {{4, -2, 9, 1}};
  for (std::size_t i = 0; i < ranges.size(); ++i)
    p.values.push_back({.op = Opcode::input, .args = {}, .a = static_cast<std::int64_t>(i), .range = ranges[i]});
  return p;
}

std::vector<Operand> first(int n) {
  std::vector<Operand> args;
  for (int i = 0; i < n; ++i) args.push_back({i});
  return args;
}

Value value_of(Opcode op, std::vector<Operand> args, std::int64_t a = 0, std::int64_t b = 0) {
  return {.op = op, .args = std::move(args), .a = a, .b = b, .range = {}};
}

using Integers = std::vector<std::int64_t>;

TEST(Apply, EveryOpDoesWhatTheTableSays) {
  const Program p = with_inputs({});
  const auto result = [&](const Value& value, const Integers& args) { return apply(p, value, args); };
  EXPECT_EQ(result(value_of(Opcode::constant, {}, 7), {}), 7);
  const Value sum = value_of(Opcode::sum, {{0, 2}, {1, 1, true}}, 5);  // 4x - 2y + 5
  EXPECT_EQ(result(sum, {3, 10}), -3);
  EXPECT_EQ(result(value_of(Opcode::sum, {{0, 3}}), {-3}), -24);
  const Value floor = value_of(Opcode::floor, first(1), 2);
  EXPECT_EQ(result(floor, {-5}), -2);
  EXPECT_EQ(result(floor, {7}), 1);
  const Value even = value_of(Opcode::even, first(1), 1), even2 = value_of(Opcode::even, first(1), 2);
  EXPECT_EQ(result(even, {4}), 2);   // 1.5 + 0.5
  EXPECT_EQ(result(even, {2}), 0);   // 0.5 + 0.5
  EXPECT_EQ(result(even2, {7}), 1);  // no tie
  EXPECT_EQ(result(even2, {-4}), -2);
  const Value clamp = value_of(Opcode::clamp, first(1), -3, 4);
  EXPECT_EQ(result(clamp, {-9}), -3);
  EXPECT_EQ(result(clamp, {9}), 4);
  EXPECT_EQ(result(clamp, {2}), 2);
  EXPECT_EQ(result(value_of(Opcode::wrap, first(1), 3, 0), {-1}), 7);
  EXPECT_EQ(result(value_of(Opcode::wrap, first(1), 3, 1), {4}), -4);
  EXPECT_EQ(result(value_of(Opcode::max, first(2)), {-4, -7}), -4);
  EXPECT_EQ(result(value_of(Opcode::less, first(2)), {-7, -4}), 1);
  EXPECT_EQ(result(value_of(Opcode::less, first(2)), {-4, -4}), 0);
  EXPECT_EQ(result(value_of(Opcode::select, first(3)), {-1, 5, 6}), 5);
  EXPECT_EQ(result(value_of(Opcode::select, first(3)), {0, 5, 6}), 6);
  EXPECT_EQ(result(value_of(Opcode::table, first(1), 0, -1), {1}), 9);
}

TEST(NaturalRange, FollowsFromTheArguments) {
  const auto range = [](const Value& value, const std::vector<Interval>& args) {
    return natural_range(with_inputs(args), value);
  };
  const Value sum = value_of(Opcode::sum, {{0, 2}, {1, 1, true}}, 5);  // 4x - 2y + 5
  EXPECT_EQ(range(sum, {{0, 3}, {-1, 2}}), (Interval{1, 19}));
  EXPECT_EQ(range(value_of(Opcode::floor, first(1), 1), {{-3, 5}}), (Interval{-2, 2}));
  EXPECT_EQ(range(value_of(Opcode::even, first(1), 1), {{-3, 6}}), (Interval{-2, 2}));
  EXPECT_EQ(range(value_of(Opcode::clamp, first(1), 0, 4), {{-3, 2}}), (Interval{0, 2}));
  const Value wrap = value_of(Opcode::wrap, first(1), 2, 0);
  EXPECT_EQ(range(wrap, {{0, 4}}), (Interval{0, 3}));
  EXPECT_EQ(range(wrap, {{-1, 3}}), (Interval{0, 3}));
  EXPECT_EQ(range(wrap, {{1, 3}}), (Interval{1, 3}));  // changes nothing
  EXPECT_EQ(range(value_of(Opcode::max, first(2)), {{-3, 2}, {-1, 1}}), (Interval{-1, 2}));
  const Value less = value_of(Opcode::less, first(2));
  EXPECT_EQ(range(less, {{0, 3}, {3, 4}}), (Interval{0, 1}));
  EXPECT_EQ(range(less, {{0, 2}, {3, 4}}), (Interval{1, 1}));
  EXPECT_EQ(range(less, {{3, 4}, {0, 3}}), (Interval{0, 0}));
  const Value select = value_of(Opcode::select, first(3));
  EXPECT_EQ(range(select, {{0, 1}, {1, 2}, {5, 6}}), (Interval{1, 6}));
  EXPECT_EQ(range(select, {{1, 2}, {1, 2}, {5, 6}}), (Interval{1, 2}));
  EXPECT_EQ(range(select, {{0, 0}, {1, 2}, {5, 6}}), (Interval{5, 6}));
  EXPECT_EQ(range(value_of(Opcode::table, first(1), 0, -1), {{0, 1}}), (Interval{-2, 9}));
  EXPECT_EQ(range(value_of(Opcode::previous, first(1)), {{-2, 7}}), (Interval{-2, 7}));
  EXPECT_EQ(range(value_of(Opcode::start, {}), {}), (Interval{0, 1}));
  EXPECT_EQ(range(value_of(Opcode::input, {}), {}), (Interval{-128, 127}));
  EXPECT_EQ(range(value_of(Opcode::constant, {}, -6), {}), (Interval{-6, -6}));
}

/// x, x before, x two clocks before, and their sum.
Program history() {
  Program p = with_inputs({{3, 9}});
  p.values.push_back({.op = Opcode::previous, .args = {{0}}, .range = {3, 9}});
  p.values.push_back({.op = Opcode::previous, .args = {{1}}, .range = {3, 9}});
  p.values.push_back({.op = Opcode::sum, .args = {{0}, {2}}, .a = 1, .range = {7, 19}});
  p.outputs = {{3, {6, 0, false}}, {0, {5, 0, false}}};
  return p;
}

TEST(PastValue, FollowsRegistersBack) {
  const Program p = history();
  EXPECT_EQ(past_value(p, 2).value, 0);
  EXPECT_EQ(past_value(p, 2).clocks, 2);
  EXPECT_EQ(past_value(p, 3).value, 3);
  EXPECT_EQ(past_value(p, 3).clocks, 0);
}

TEST(ValuesAtRest, InputsRestNearestZero) {
  EXPECT_EQ(values_at_rest(history()), (std::vector<std::int64_t>{3, 3, 3, 7}));
  EXPECT_EQ(values_at_rest(with_inputs({{-5, -2}, {-1, 1}})), (std::vector<std::int64_t>{-2, 0}));
}

TEST(CountUses, OutputsCount) { EXPECT_EQ(count_uses(history()), (std::vector<int>{3, 1, 1, 1})); }

TEST(EmptyCopy, KeepsTheFrameOnly) {
  const Program p = history(), empty = empty_copy(p);
  EXPECT_TRUE(empty.values.empty() && empty.tables.empty() && empty.outputs.empty());
  EXPECT_EQ(empty.inputs, 1);
  EXPECT_EQ(empty.layers, p.layers);
  EXPECT_EQ(empty.input_format, p.input_format);
}

}  // namespace
}  // namespace lutra
