#include "compile/compile.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "compile/cost.h"
#include "compile/max_flow.h"
#include "compile/schedule.h"
#include "compile/timing.h"
#include "ir/builder.h"
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
  for (const StageTiming& stage : stage_timing(p, s))
    RC_ASSERT(stage.delay_ns <= std::max(clock, slowest + DelayModel{}.overhead_ns) + 1e-9);
}

TEST(MaxFlow, CutsTheCheapestEdgesNearestToTheSink) {
  MaxFlow graph;
  for (int i = 0; i < 4; ++i) graph.add_node();
  graph.add_edge(0, 1, 3);
  graph.add_edge(0, 2, 2);
  graph.add_edge(1, 3, 2);
  graph.add_edge(2, 3, 4);
  graph.add_edge(1, 2, 1);
  EXPECT_EQ(graph.cut(0, 3), (std::vector<bool>{true, true, false, false}));  // 2 + 1 + 2, as many as 3 + 2 before
  MaxFlow chain;
  for (int i = 0; i < 3; ++i) chain.add_node();
  chain.add_edge(0, 1, 5);
  chain.add_edge(1, 2, 5);
  EXPECT_EQ(chain.cut(0, 2), (std::vector<bool>{true, true, false}));
}

/// Eight tables of the same four bits, each ORed with a slow sum: the four bits wait in registers, not the eight.
TEST(Schedule, KeepsFewBitsInRegisters) {
  Program frame;
  frame.inputs = 2;
  frame.input_format = {4, 0, false};
  frame.layers = {"tables"};
  Builder b(frame);
  b.set_layer(0);
  const int x = b.input(0);
  int slow = b.input(1);
  for (int i = 0; i < 4; ++i) slow = b.wrap(b.sum({{slow}, {x}}, 0, 0), {4, 0, false});
  for (std::int64_t i = 0; i < 8; ++i) {
    std::vector<std::int64_t> entries;
    for (std::int64_t k = 0; k < 16; ++k) entries.push_back((k * k * (i + 3) >> 2) & 7);
    b.output(b.max(b.table(x, entries, 0, 0), slow), {4, 0, false});
  }
  const Program p = std::move(b).finish();
  const Schedule s = make_schedule(p, 2);
  EXPECT_EQ(s.stages, 3);
  EXPECT_EQ(count_registers(p, s), 2 * (4 + 4) + 8 * 4);
}

TEST(Compile, SameNetworkSameBytes) {
  const CompileResult a = compile(published_student(3), {}), b = compile(published_student(3), {});
  EXPECT_EQ(print_program(a.program), print_program(b.program));
  EXPECT_EQ(a.schedule.stage, b.schedule.stage);
  EXPECT_EQ(a.cost, b.cost);
}

TEST(Compile, PublishedStudentsMeetTheirClock) {
  for (const std::uint64_t seed : {2, 3}) {
    const Cost cost = compile(published_student(seed), {}).cost;
    EXPECT_LE(cost.critical_ns, CompileOptions{}.clock_ns) << seed;
  }
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
