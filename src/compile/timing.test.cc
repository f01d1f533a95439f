#include "compile/timing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "compile/cost.h"
#include "compile/schedule.h"
#include "ir/builder.h"
#include "ir/random_program.h"

namespace lutra {
namespace {

RC_GTEST_PROP(Timing, PathsAddUpToTheirStagesDelay, ()) {
  const Program p = random_program(*rc::gen::arbitrary<std::uint64_t>());
  const DelayModel model;
  const Schedule s = make_schedule(p, 2.0, model);
  const std::vector<StageTiming> stages = stage_timing(p, s, model);
  int flip_flops = 0;
  for (std::size_t k = 0; k < stages.size(); ++k) {
    double sum = model.overhead_ns;
    int levels = 0;
    for (const int id : stages[k].path) {
      RC_ASSERT(s.stage[static_cast<std::size_t>(id)] == static_cast<int>(k));
      sum += delay_ns(model, p, p.value(id));
      levels += adder_levels(model, p, p.value(id));
    }
    RC_ASSERT(std::abs(sum - stages[k].delay_ns) < 1e-9);
    RC_ASSERT(levels <= stages[k].adder_levels);
    flip_flops += stages[k].flip_flops;
  }
  RC_ASSERT(flip_flops == count_registers(p, s));
}

/// ((a + b) + c) + d of 8 bits, the last sum in a layer of its own.
Program adder_chain() {
  Program frame;
  frame.inputs = 4;
  frame.input_format = {8, 0, false};
  frame.layers = {"first", "second"};
  Builder b(frame);
  const int in[] = {b.input(0), b.input(1), b.input(2), b.input(3)};
  b.set_layer(0);
  const int two = b.sum({{in[0]}, {in[1]}}, 0, 0);
  const int three = b.sum({{two}, {in[2]}}, 0, 0);
  b.set_layer(1);
  const int four = b.sum({{three}, {in[3]}}, 0, 0);
  b.output(four, format_of(b.value(four)));
  return std::move(b).finish();
}

TEST(Timing, AChainOfAddersTakesTheSumOfTheirDelays) {
  const Program p = adder_chain();
  const DelayModel model;
  const Json one = cost_to_json(estimate_cost(p, make_schedule(p, 5, model), model));
  ASSERT_EQ(one["stages"].size(), 1u);
  // Carry chains of 9, 10 and 10 bits.
  EXPECT_NEAR(one["critical_ns"].get<double>(), 0.18 + 3 * 0.80 + (1 + 2 + 2) * 0.004, 1e-9);
  EXPECT_EQ(one["critical_path"]["steps"].size(), 3u);
  EXPECT_EQ(one["stages"][0]["adder_levels"], 3);
  EXPECT_EQ(one["stages"][0]["layers"], Json({"first", "second"}));
  EXPECT_EQ(one["adder_levels"], 3);
  EXPECT_EQ(one["layers"][0]["adder_levels"], 2);
  EXPECT_EQ(one["layers"][1]["adder_levels"], 1);

  const Json piped = cost_to_json(estimate_cost(p, make_schedule(p, 2, model), model));
  ASSERT_EQ(piped["stages"].size(), 2u);
  EXPECT_EQ(piped["stages"][0]["adder_levels"].get<int>() + piped["stages"][1]["adder_levels"].get<int>(), 3);
  EXPECT_EQ(piped["adder_levels"], 3);  // registers do not count
}

TEST(Timing, FlipFlopsOfLayersAndStagesAreThoseOfTheDesign) {
  const Program p = adder_chain();
  const Json cost = cost_to_json(estimate_cost(p, make_schedule(p, 1, {}), {}));
  double stages = 0, layers = 0;
  for (const Json& stage : cost["stages"]) stages += stage["ff"].get<double>();
  for (const Json& layer : cost["layers"]) layers += layer["ff"].get<double>();
  EXPECT_EQ(stages, cost["ff"].get<double>());
  const double inputs = 8 + 2 * 8;  // the third waits one stage, the fourth two
  EXPECT_EQ(layers + inputs + static_cast<double>(cost["stages"].size()), cost["ff"].get<double>());
}

}  // namespace
}  // namespace lutra
