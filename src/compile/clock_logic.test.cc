#include "compile/clock_logic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "ir/check.h"
#include "ir/interpret.h"

namespace lutra {
namespace {

Program frame(int inputs) {
  Program p;
  p.inputs = inputs;
  p.input_format = {4, 0, false};
  p.layers = {"layer"};
  return p;
}

using Clocks = std::vector<std::vector<std::int64_t>>;  // [clocks][values]

/// What the values are from the clock of an event on; then the inputs are those of `later`.
Clocks run(const Program& p, const std::vector<std::int64_t>& event, const std::vector<std::int64_t>& later,
           int clocks) {
  Clocks all{interpret_values(p, event)};
  while (static_cast<int>(all.size()) < clocks) all.push_back(interpret_values(p, later, all.back(), false));
  return all;
}

TEST(ClockLogic, AnyOfIsOneInItsClocksOnly) {
  for (const std::vector<int>& clocks : {std::vector<int>{0}, {3}, {0, 1}, {1, 4, 5}, {0, 2, 3, 5, 7}}) {
    Builder b(frame(1));
    const auto any = static_cast<std::size_t>(ClockLogic(b).any_of(clocks));
    const Program p = std::move(b).finish();
    check_program(p, "any of");
    const auto all = run(p, {5}, {5}, 9);
    for (int clock = 0; clock < 9; ++clock)
      EXPECT_EQ(all[static_cast<std::size_t>(clock)][any], std::ranges::count(clocks, clock)) << clock;
  }
}

TEST(ClockLogic, MaskGivesPaddingInOtherClocks) {
  Builder b(frame(1));
  const auto masked = static_cast<std::size_t>(ClockLogic(b).mask(b.input(0), {1, 2}, 9));
  const auto all = run(std::move(b).finish(), {5}, {6}, 4);
  const std::int64_t expected[] = {9, 6, 6, 9};
  for (std::size_t clock = 0; clock < 4; ++clock) EXPECT_EQ(all[clock][masked], expected[clock]);
}

TEST(ClockLogic, ChooseAndShiftOutGiveOneOptionAfterTheOther) {
  for (int count = 1; count <= 7; ++count)
    for (const int first : {0, 2}) {
      Builder b(frame(count));
      std::vector<int> options;
      std::vector<std::int64_t> event;
      for (int i = 0; i < count; ++i) {
        options.push_back(b.input(i));
        event.push_back(2 * i + 1);
      }
      const auto chosen = static_cast<std::size_t>(ClockLogic(b).choose(first, options));
      const auto shifted = static_cast<std::size_t>(ClockLogic(b).shift_out(first, options));
      const Program p = std::move(b).finish();
      check_program(p, "choose");
      const auto all = run(p, event, event, first + count);
      for (int i = 0; i < count; ++i) {
        EXPECT_EQ(all[static_cast<std::size_t>(first + i)][chosen], 2 * i + 1) << count << " from " << first;
        EXPECT_EQ(all[static_cast<std::size_t>(first + i)][shifted], 2 * i + 1) << count << " from " << first;
      }
    }
}

struct Order {
  Axis axis;
  int lanes;
  bool together;  // all elements are there in the same clock; else one column after the other
};

/// Two channels of 2 x 5 cells, read where serialise() says they are.
TEST(Serialise, EveryElementIsWhereItSays) {
  const Shape shape{2, 2, 5};
  for (const Order& order : {Order{Axis::columns, 1, true},
                             {Axis::columns, 2, true},
                             {Axis::rows, 1, true},
                             {Axis::columns, 2, false},
                             {Axis::rows, 1, false},
                             {Axis::columns, 5, false}}) {
    Builder b(frame(shape.size()));
    std::vector<Element> map;
    std::vector<std::int64_t> event, later;
    for (int i = 0; i < shape.size(); ++i) {
      const int late = order.together ? 0 : i % shape.cols;
      map.push_back({b.previous(b.input(i), late), late});
      event.push_back(i % 16);
      later.push_back(15 - i % 16);
    }
    const std::vector<Element> result = serialise(b, shape, map, order.axis, order.lanes);
    const Program p = std::move(b).finish();
    check_program(p, "serialised");
    const auto all = run(p, event, later, 12);
    ASSERT_EQ(result.size(), map.size());
    std::set<int> values;
    for (std::size_t i = 0; i < result.size(); ++i) {
      values.insert(result[i].value);
      EXPECT_EQ(all[static_cast<std::size_t>(result[i].clock)][static_cast<std::size_t>(result[i].value)], event[i]);
    }
    EXPECT_EQ(static_cast<int>(values.size()), shape.size() / length_along(shape, order.axis) * order.lanes);
  }
}

}  // namespace
}  // namespace lutra
