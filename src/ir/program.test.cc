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

struct Case {
  const char* what;
  Value value;
  std::vector<std::int64_t> args;
  std::int64_t result;
};

TEST(Apply, EveryOpDoesWhatTheTableSays) {
  const Program p = with_inputs({});
  const Case cases[] = {
      {"constant", {.op = Opcode::constant, .args = {}, .a = 7, .range = {}}, {}, 7},
      {"4x - 2y + 5", {.op = Opcode::sum, .args = {{0, 2}, {1, 1, true}}, .a = 5, .range = {}}, {3, 10}, -3},
      {"negative shifted", {.op = Opcode::sum, .args = {{0, 3}}, .a = 0, .range = {}}, {-3}, -24},
      {"floor down", {.op = Opcode::floor, .args = {{0}}, .a = 2, .range = {}}, {-5}, -2},
      {"floor up", {.op = Opcode::floor, .args = {{0}}, .a = 2, .range = {}}, {7}, 1},
      {"even: 1.5 + 0.5", {.op = Opcode::even, .args = {{0}}, .a = 1, .range = {}}, {4}, 2},
      {"even: 0.5 + 0.5", {.op = Opcode::even, .args = {{0}}, .a = 1, .range = {}}, {2}, 0},
      {"even: no tie", {.op = Opcode::even, .args = {{0}}, .a = 2, .range = {}}, {7}, 1},
      {"even: negative tie", {.op = Opcode::even, .args = {{0}}, .a = 2, .range = {}}, {-4}, -2},
      {"clamp below", {.op = Opcode::clamp, .args = {{0}}, .a = -3, .b = 4, .range = {}}, {-9}, -3},
      {"clamp above", {.op = Opcode::clamp, .args = {{0}}, .a = -3, .b = 4, .range = {}}, {9}, 4},
      {"clamp inside", {.op = Opcode::clamp, .args = {{0}}, .a = -3, .b = 4, .range = {}}, {2}, 2},
      {"wrap unsigned", {.op = Opcode::wrap, .args = {{0}}, .a = 3, .b = 0, .range = {}}, {-1}, 7},
      {"wrap signed", {.op = Opcode::wrap, .args = {{0}}, .a = 3, .b = 1, .range = {}}, {4}, -4},
      {"max", {.op = Opcode::max, .args = first(2), .range = {}}, {-4, -7}, -4},
      {"less", {.op = Opcode::less, .args = first(2), .range = {}}, {-7, -4}, 1},
      {"not less", {.op = Opcode::less, .args = first(2), .range = {}}, {-4, -4}, 0},
      {"select first", {.op = Opcode::select, .args = first(3), .range = {}}, {-1, 5, 6}, 5},
      {"select second", {.op = Opcode::select, .args = first(3), .range = {}}, {0, 5, 6}, 6},
      {"table from -1", {.op = Opcode::table, .args = {{0}}, .a = 0, .b = -1, .range = {}}, {1}, 9},
  };
  for (const Case& c : cases) EXPECT_EQ(apply(p, c.value, c.args), c.result) << c.what;
}

struct RangeCase {
  const char* what;
  Value value;
  std::vector<Interval> args;
  Interval range;
};

TEST(NaturalRange, FollowsFromTheArguments) {
  const RangeCase cases[] = {
      {"4x - 2y + 5",
       {.op = Opcode::sum, .args = {{0, 2}, {1, 1, true}}, .a = 5, .range = {}},
       {{0, 3}, {-1, 2}},
       {1, 19}},
      {"floor", {.op = Opcode::floor, .args = {{0}}, .a = 1, .range = {}}, {{-3, 5}}, {-2, 2}},
      {"even", {.op = Opcode::even, .args = {{0}}, .a = 1, .range = {}}, {{-3, 6}}, {-2, 2}},
      {"clamp", {.op = Opcode::clamp, .args = {{0}}, .a = 0, .b = 4, .range = {}}, {{-3, 2}}, {0, 2}},
      {"wrap that changes", {.op = Opcode::wrap, .args = {{0}}, .a = 2, .b = 0, .range = {}}, {{0, 4}}, {0, 3}},
      {"wrap below", {.op = Opcode::wrap, .args = {{0}}, .a = 2, .b = 0, .range = {}}, {{-1, 3}}, {0, 3}},
      {"wrap that does not", {.op = Opcode::wrap, .args = {{0}}, .a = 2, .b = 0, .range = {}}, {{1, 3}}, {1, 3}},
      {"max", {.op = Opcode::max, .args = first(2), .range = {}}, {{-3, 2}, {-1, 1}}, {-1, 2}},
      {"less, open", {.op = Opcode::less, .args = first(2), .range = {}}, {{0, 3}, {3, 4}}, {0, 1}},
      {"always less", {.op = Opcode::less, .args = first(2), .range = {}}, {{0, 2}, {3, 4}}, {1, 1}},
      {"never less", {.op = Opcode::less, .args = first(2), .range = {}}, {{3, 4}, {0, 3}}, {0, 0}},
      {"either", {.op = Opcode::select, .args = first(3), .range = {}}, {{0, 1}, {1, 2}, {5, 6}}, {1, 6}},
      {"first", {.op = Opcode::select, .args = first(3), .range = {}}, {{1, 2}, {1, 2}, {5, 6}}, {1, 2}},
      {"second", {.op = Opcode::select, .args = first(3), .range = {}}, {{0, 0}, {1, 2}, {5, 6}}, {5, 6}},
      {"table", {.op = Opcode::table, .args = {{0}}, .a = 0, .b = -1, .range = {}}, {{0, 1}}, {-2, 9}},
      {"previous", {.op = Opcode::previous, .args = {{0}}, .range = {}}, {{-2, 7}}, {-2, 7}},
      {"start", {.op = Opcode::start, .args = {}, .range = {}}, {}, {0, 1}},
      {"input", {.op = Opcode::input, .args = {}, .a = 0, .range = {}}, {}, {-128, 127}},
      {"constant", {.op = Opcode::constant, .args = {}, .a = -6, .range = {}}, {}, {-6, -6}},
  };
  for (const RangeCase& c : cases) EXPECT_EQ(natural_range(with_inputs(c.args), c.value), c.range) << c.what;
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
