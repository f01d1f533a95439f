#include "compile/compile.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "compile/cost.h"
#include "compile/schedule.h"
#include "ir/random_program.h"
#include "ir/text.h"
#include "model/published_student.h"

namespace lutra {
namespace {

RC_GTEST_PROP(Schedule, UsesNothingBeforeItIsThereAndMeetsTheClock, ()) {
  const Program p = random_program(*rc::gen::arbitrary<std::uint64_t>());
  const double clock = *rc::gen::element(1.0, 2.0, 5.0);
  const Schedule s = make_schedule(p, clock);
  double slowest = 0;
  for (std::size_t i = 0; i < p.values.size(); ++i) {
    slowest = std::max(slowest, delay_ns({}, p, p.values[i]));
    for (const Operand& o : p.values[i].args) RC_ASSERT(s.stage[static_cast<std::size_t>(o.value)] <= s.stage[i]);
  }
  for (const Output& o : p.outputs) RC_ASSERT(s.stage[static_cast<std::size_t>(o.value)] < s.stages);
  for (const double d : stage_delays(p, s)) RC_ASSERT(d <= std::max(clock, slowest + DelayModel{}.overhead_ns) + 1e-9);
}

TEST(Compile, SameNetworkSameBytes) {
  const CompileResult a = compile(published_student(3), {}), b = compile(published_student(3), {});
  EXPECT_EQ(print_program(a.program), print_program(b.program));
  EXPECT_EQ(a.schedule.stage, b.schedule.stage);
  EXPECT_EQ(a.cost.dump(), b.cost.dump());
}

TEST(Compile, AFasterClockNeedsMoreStages) {
  CompileOptions slow, fast;
  slow.clock_ns = 25;
  fast.clock_ns = 1.5;
  const Network network = published_student(3);
  EXPECT_LT(compile(network, slow).schedule.stages, compile(network, fast).schedule.stages);
}

}  // namespace
}  // namespace lutra
