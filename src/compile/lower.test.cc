#include "compile/lower.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "compile/cleanup.h"
#include "compile/hardware_sharing.h"
#include "ir/check.h"
#include "ir/interpret.h"
#include "ir/random_program.h"
#include "ir/unroll_clocks.h"
#include "model/evaluate.h"
#include "model/published_student.h"
#include "model/random_network.h"

namespace lutra {
namespace {

std::vector<std::int64_t> run(const Program& program, std::span<const std::int16_t> event) {
  return interpret(program, std::vector<std::int64_t>(event.begin(), event.end()));
}

void expect_equal(const Network& network, const Program& program, std::span<const std::int16_t> inputs) {
  const Evaluator evaluator(network);
  const auto width = static_cast<std::size_t>(evaluator.inputs());
  const auto expected = evaluator.evaluate(inputs);
  const auto outputs = static_cast<std::size_t>(evaluator.outputs());
  for (std::size_t e = 0; e < inputs.size() / width; ++e) {
    const auto got = run(program, inputs.subspan(e * width, width));
    const auto first = expected.begin() + static_cast<std::ptrdiff_t>(e * outputs);
    RC_ASSERT(got == std::vector<std::int64_t>(first, first + static_cast<std::ptrdiff_t>(outputs)));
  }
}

RC_GTEST_PROP(Lower, ProgramsComputeTheEvaluatorsIntegers, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Network network = random_network(seed);
  const Program program = lower(network, {}, no_progress);
  check_program(program, "lowered");
  expect_equal(network, program, random_inputs(network, seed, 8));
  const Program clean = remove_dead(program);
  check_program(clean, "cleaned");
  expect_equal(network, clean, random_inputs(network, seed, 8));
}

TEST(Lower, OutputsFitFormatsThatRangeAnalysisMadeNarrow) {
  const Program program = lower(random_network(134839), {}, no_progress);
  EXPECT_NO_THROW(check_program(program, "lowered"));
}

/// Takes random maps apart, as slowly as the interval allows or faster.
std::vector<Serial> random_serial(const Network& network, int interval, std::uint64_t seed) {
  Random random(seed, RandomStream::verify, 7);
  std::vector<Shape> shapes{network.input};
  for (const LayerInfo& layer : check(network)) shapes.push_back(layer.shape);
  std::vector<Serial> serial(shapes.size());
  for (std::size_t m = 0; m < shapes.size(); ++m) {
    const Axis axis = random.chance(0.5) ? Axis::columns : Axis::rows;
    const int length = length_along(shapes[m], axis);
    const int fewest = (length + interval - 1) / interval;
    if (random.chance(0.5)) serial[m] = {axis, fewest + (random.chance(0.3) ? 1 : 0)};
  }
  return serial;
}

std::vector<std::vector<std::int64_t>> rows_of(std::span<const std::int16_t> values, int width) {
  std::vector<std::vector<std::int64_t>> rows;
  for (auto first = values.begin(); first != values.end(); first += width) rows.emplace_back(first, first + width);
  return rows;
}

RC_GTEST_PROP(Lower, SharedHardwareComputesTheEvaluatorsIntegers, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Network network = random_network(seed);
  LoweringOptions options;
  options.interval = *rc::gen::inRange(2, 9);
  options.serial = random_serial(network, options.interval, seed);
  const Program program = remove_dead(lower(network, options, no_progress));
  check_program(program, "shared");
  const auto inputs = random_inputs(network, seed, 8);
  const auto events = rows_of(inputs, network.input.size());
  const Evaluator evaluator(network);
  const auto got = interpret_stream(program, events);
  const auto expected = evaluator.evaluate(inputs);
  std::size_t place = 0;
  for (const auto& outputs : got)
    for (const std::int64_t value : outputs) RC_ASSERT(value == expected[place++]);
  RC_ASSERT(place == expected.size());

  const Program timeless = unroll_clocks(program);
  check_program(timeless, "unrolled");
  for (std::size_t e = 0; e < events.size(); ++e) RC_ASSERT(interpret(timeless, events[e]) == got[e]);
}

/// A padded convolution of stride 2 between plain ones: slots fold at every pace.
Network strided() {
  Network network = published_student(2);
  network.layers.resize(3);
  Window& w = network.layers[1].window;
  w.stride_cols = 2;
  w.pad_left = w.pad_right = 1;
  return network;
}

TEST(Lower, PaddedAndStridedConvolutionsAreFolded) {
  const Network network = strided();
  LoweringOptions options;
  const double parallel = total_luts(remove_dead(lower(network, options, no_progress)), true);
  options.interval = 16;
  options.serial = {{Axis::columns, 1}};
  const Program program = remove_dead(lower(network, options, no_progress));
  EXPECT_LT(total_luts(program, true), 0.35 * parallel);
  const auto inputs = random_inputs(network, 3, 6);
  const auto expected = Evaluator(network).evaluate(inputs);
  std::vector<std::int64_t> got;
  for (const auto& outputs : interpret_stream(program, rows_of(inputs, network.input.size())))
    got.insert(got.end(), outputs.begin(), outputs.end());
  EXPECT_EQ(got, expected);
}

TEST(ShareHardware, PublishedStudentNeedsAboutAQuarter) {
  const Network network = published_student(2);
  LoweringOptions options;
  options.input_range = Interval{0, 2};
  options.adders.three_inputs = true;
  const double parallel = total_luts(remove_dead(lower(network, options, no_progress)), true);
  options.interval = 12;
  const LoweringOptions shared = share_hardware(network, options, no_progress);
  EXPECT_LT(total_luts(remove_dead(lower(network, shared, no_progress)), true), 0.27 * parallel);
}

RC_GTEST_PROP(RemoveDead, KeepsTheOutputs, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Program before = random_program(seed);
  const Program after = remove_dead(before);
  check_program(after, "cleaned");
  RC_ASSERT(after.values.size() <= before.values.size());
  for (const auto& event : random_events(before, seed, 10))
    RC_ASSERT(interpret(before, event) == interpret(after, event));
}

TEST(Lower, PublishedStudentIsExactOnFragments) {
  const Network network = published_student(2);
  LoweringOptions options;
  options.input_range = Interval{0, 2};
  const Program program = remove_dead(lower(network, options, no_progress));
  auto inputs = random_inputs(network, 1, 50);
  for (std::int16_t& v : inputs) v = std::min<std::int16_t>(v, 2);
  expect_equal(network, program, inputs);
}

}  // namespace
}  // namespace lutra
