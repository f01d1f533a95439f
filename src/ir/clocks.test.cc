#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "ir/builder.h"
#include "ir/check.h"
#include "ir/interpret.h"
#include "ir/schedule.h"
#include "ir/unroll_clocks.h"

/// Programs with memory: what happens between events, and the same without time.
namespace lutra {
namespace {

Program frame() {
  Program p;
  p.inputs = 2;
  p.input_format = {4, 0, false};
  p.layers = {"serial"};
  return p;
}

/// x in its own clock, y one clock later, by one adder each; an event every 3 clocks. y of between the events is
/// hidden.
Program serial_sum() {
  Builder b(frame());
  b.set_layer(0);
  const int x = b.input(0), y = b.input(1, Interval{2, 15}), start = b.start();
  const int kept = b.select(start, y, b.constant(0, 0));
  const int sum = b.sum({{b.previous(x)}, {b.previous(kept), 1}}, 1, 0);
  b.output(b.previous(sum), {8, 0, false});
  b.set_clocks(3, 2);
  return std::move(b).finish();
}

TEST(InterpretStream, EventsComeEveryIntervalAndLeaveAtTheirClock) {
  const std::vector<std::vector<std::int64_t>> events{{1, 2}, {15, 15}, {0, 7}};
  EXPECT_EQ(interpret_stream(serial_sum(), events), (std::vector<std::vector<std::int64_t>>{{6}, {46}, {15}}));
  EXPECT_EQ(interpret(serial_sum(), std::vector<std::int64_t>{3, 4}), std::vector<std::int64_t>{12});
}

TEST(InterpretStream, WhatDependsOnInputsBetweenEventsShows) {
  Builder b(frame());
  b.output(b.input(0), {4, 0, false});
  b.set_clocks(2, 1);  // reads the input one clock too late: it is upside down
  EXPECT_EQ(interpret(std::move(b).finish(), std::vector<std::int64_t>{3, 0})[0], 12);
}

TEST(InterpretValues, OutsideARangeIsAnError) {
  Builder b(frame());
  b.output(b.input(1, Interval{2, 9}), {4, 0, false});
  const Program p = std::move(b).finish();
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{0, 9})[0], 9);
  for (const std::int64_t y : {1, 10}) EXPECT_THROW(interpret(p, std::vector<std::int64_t>{0, y}), Error) << y;
}

TEST(InterpretValues, StartAndTheClockBeforeAreGiven) {
  const Program p = serial_sum();
  const auto first = interpret_values(p, std::vector<std::int64_t>{5, 6});
  const auto second = interpret_values(p, std::vector<std::int64_t>{1, 2}, first, false);
  const auto at = [&](Opcode op) {
    return static_cast<std::size_t>(std::ranges::find(p.values, op, &Value::op) - p.values.begin());
  };
  EXPECT_EQ(first[at(Opcode::start)], 1);
  EXPECT_EQ(second[at(Opcode::start)], 0);
  EXPECT_EQ(first[at(Opcode::sum)], 1);            // at rest before: 0 + 2 x 0 + 1
  EXPECT_EQ(second[at(Opcode::sum)], 5 + 12 + 1);  // what the event left
}

TEST(UnrollClocks, IsAFunctionOfTheEventAlone) {
  const Program flat = unroll_clocks(serial_sum());
  check_program(flat, "flat");
  EXPECT_EQ(flat.interval, 1);
  EXPECT_EQ(flat.result_clock, 0);
  for (const Value& v : flat.values) EXPECT_TRUE(v.op != Opcode::previous && v.op != Opcode::start);
  for (std::int64_t x = 0; x < 16; x += 5)
    for (std::int64_t y = 2; y < 16; y += 3) {
      const std::vector<std::int64_t> event{x, y};
      EXPECT_EQ(interpret(flat, event), interpret(serial_sum(), event));
      EXPECT_EQ(interpret(flat, event)[0], x + 2 * y + 1);
    }
}

TEST(UnrollClocks, BeforeTheEventEverythingIsAtRest) {
  Builder b(frame());
  const int y = b.input(1, Interval{2, 15});
  b.output(b.sum({{y}, {b.previous(y), 1}}, 0, 0), {8, 0, false});  // y + 2 x 2
  const Program p = std::move(b).finish();
  EXPECT_EQ(interpret(unroll_clocks(p), std::vector<std::int64_t>{0, 9})[0], 13);
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{0, 9})[0], 13);
}

/// x of 4 bits and y of 2 in stage 0, their sum of 5 bits in stage 1, used with y in stage 3.
TEST(Registers, AreBitsTimesStagesBetween) {
  Builder b(frame());
  const int x = b.input(0), y = b.input(1, Interval{0, 3});
  const int sum = b.sum({{x}, {y}}, 0, 0), last = b.max(sum, y), seven = b.constant(7, 0);
  b.output(last, {5, 0, false});
  b.output(seven, {3, 0, false});
  const Program p = std::move(b).finish();
  Schedule s;
  s.stage = {0, 0, 1, 3, 0};
  s.stages = 4;
  EXPECT_EQ(last_use(p, s), (std::vector<int>{1, 3, 3, 4, 4}));
  EXPECT_EQ(count_registers(p, s), 1 * 4 + 3 * 2 + 2 * 5 + 1 * 5);  // none for the constant
}

TEST(Registers, ThoseOfPreviousBelongToItsArgument) {
  Builder b(frame());
  const int x = b.input(0);
  b.output(b.previous(x, 2), {4, 0, false});
  const Program p = std::move(b).finish();
  Schedule s;
  s.stage = {0, 0, 0};
  s.stages = 1;
  EXPECT_EQ(last_use(p, s)[0], 3);
  EXPECT_EQ(count_registers(p, s), 3 * 4);
}

}  // namespace
}  // namespace lutra
