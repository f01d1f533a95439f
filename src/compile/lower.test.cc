#include "compile/lower.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "compile/cleanup.h"
#include "ir/check.h"
#include "ir/interpret.h"
#include "ir/random_program.h"
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
