#include "compile/collapse.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "compile/cleanup.h"
#include "compile/cost.h"
#include "compile/hardware_sharing.h"
#include "ir/builder.h"
#include "ir/check.h"
#include "ir/interpret.h"
#include "ir/random_program.h"
#include "model/random_network.h"

namespace lutra {
namespace {

DelayModel primitives() {
  DelayModel model;
  model.three_inputs = true;
  return model;
}

std::vector<std::vector<std::int64_t>> outputs_of(const Program& program,
                                                  const std::vector<std::vector<std::int64_t>>& events) {
  return interpret_stream(program, events);
}

/// Also the words that inputs of one or two bits can have, so that cones of several inputs are found.
RC_GTEST_PROP(Collapse, KeepsTheOutputsAndNeverCostsMore, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const int max_bits = *rc::gen::element(3, 6, 24);
  const Program before = random_program(seed, {.inputs = 6, .values = 60, .max_bits = max_bits});
  for (const DelayModel& model : {DelayModel{}, primitives()}) {
    const Program after = collapse(before, model);
    check_program(after, "collapsed");
    RC_ASSERT(total_luts(after, model.three_inputs) <= total_luts(before, model.three_inputs));
    const auto events = random_events(before, seed, 10);
    RC_ASSERT(outputs_of(after, events) == outputs_of(before, events));
  }
}

std::vector<Serial> some_serial(const Network& network, int interval) {
  std::vector<Serial> serial(network.layers.size() + 1);
  serial[0] = {Axis::columns, (network.input.cols + interval - 1) / interval};
  return serial;
}

RC_GTEST_PROP(Collapse, KeepsSharedHardwareOverManyEvents, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Network network = random_network(seed, {.max_value_bits = 2});
  LoweringOptions options;
  options.interval = *rc::gen::inRange(1, 6);
  options.serial = some_serial(network, options.interval);
  const Program before = remove_dead(lower(network, options, no_progress));
  const Program after = collapse(before, primitives());
  check_program(after, "collapsed");
  const auto events = random_events(before, seed, 6);
  RC_ASSERT(outputs_of(after, events) == outputs_of(before, events));
}

/// OR of a cell's and its neighbour's two bits, then a count of three: 4 tables instead of clamps, maxima and adders.
TEST(Collapse, CountsOfHitsAreATablePerBit) {
  Program frame;
  frame.inputs = 6;
  frame.input_format = {2, 0, false};
  frame.layers = {"count"};
  Builder b(frame);
  b.set_layer(0);
  std::vector<Operand> hits;
  for (int i = 0; i < 6; i += 2) hits.push_back({b.max(b.clamp(b.input(i), {0, 1}), b.clamp(b.input(i + 1), {0, 1}))});
  b.output(b.sum(hits, 0, 0), {2, 0, false});
  const Program before = std::move(b).finish();
  const Program after = collapse(before, {});
  EXPECT_EQ(total_luts(after, false), 5);  // three ORs of four bits, two bits of their sum
  EXPECT_GE(total_luts(before, false), 10);
  for (const auto& event : random_events(before, 1, 100)) EXPECT_EQ(interpret(before, event), interpret(after, event));
}

}  // namespace
}  // namespace lutra
