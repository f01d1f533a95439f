#include "compile/cost.h"

#include <gtest/gtest.h>

#include "compile/schedule.h"
#include "ir/builder.h"

namespace lutra {
namespace {

/// x, y unsigned of 8 bits, a and c of 2.
struct Inputs {
  Inputs() : b(frame()), x(b.input(0)), y(b.input(1)), a(b.input(2, Interval{0, 3})), c(b.input(3, Interval{0, 3})) {
    b.set_layer(0);
  }
  static Program frame() {
    Program p;
    p.inputs = 4;
    p.input_format = {8, 0, false};
    p.layers = {"first", "second"};
    return p;
  }

  Builder b;
  int x, y, a, c;
};

DelayModel three_inputs() {
  DelayModel m;
  m.three_inputs = true;
  return m;
}

TEST(Delay, WiresTakeNone) {
  Inputs in;
  for (const int id : {in.x, in.b.floor(in.x, 2), in.b.wrap(in.x, {3, 0, false}), in.b.previous(in.x), in.b.start(),
                       in.b.constant(3, 0), in.b.sum({{in.x, 8}, {in.y}}, 0, 0), in.b.sum({{in.x, 2}}, 0, 0)}) {
    EXPECT_EQ(delay_ns({}, in.b.program(), in.b.value(id)), 0) << info(in.b.value(id).op).name;
    EXPECT_EQ(adder_levels({}, in.b.program(), in.b.value(id)), 0) << info(in.b.value(id).op).name;
  }
}

TEST(Delay, OfSumsIsThatOfTheirCarryChains) {
  Inputs in;
  const int two = in.b.sum({{in.x}, {in.y}}, 0, 0), three = in.b.sum({{in.x}, {in.y}, {two}}, 0, 0);
  const auto delay = [&](const DelayModel& m, int id) { return delay_ns(m, in.b.program(), in.b.value(id)); };
  EXPECT_NEAR(delay({}, two), 0.80 + 0.004, 1e-12);                       // 9 bits
  EXPECT_NEAR(delay({}, three), 2 * (0.80 + 0.008), 1e-12);               // 10 bits, two adders
  EXPECT_NEAR(delay(three_inputs(), three), 0.80 + 0.008 + 0.42, 1e-12);  // one, behind a table
  EXPECT_NEAR(delay(three_inputs(), two), 0.80 + 0.004, 1e-12);
  EXPECT_EQ(adder_levels({}, in.b.program(), in.b.value(three)), 2);
  EXPECT_EQ(adder_levels(three_inputs(), in.b.program(), in.b.value(three)), 1);
}

TEST(Delay, SmallComparisonsAreTables) {
  Inputs in;
  const auto delay = [&](int id) { return delay_ns({}, in.b.program(), in.b.value(id)); };
  const int wide = in.b.less(in.x, in.y), small = in.b.less(in.a, in.c);
  EXPECT_NEAR(delay(wide), 0.80, 1e-12);
  EXPECT_NEAR(delay(small), 0.42, 1e-12);
  EXPECT_NEAR(delay(in.b.max(in.x, in.y)), 0.80 + 0.42, 1e-12);
  EXPECT_NEAR(delay(in.b.max(in.a, in.c)), 0.42, 1e-12);
  EXPECT_NEAR(delay(in.b.select(small, in.x, in.y)), 0.42, 1e-12);
  EXPECT_EQ(adder_levels({}, in.b.program(), in.b.value(wide)), 1);
  EXPECT_EQ(adder_levels({}, in.b.program(), in.b.value(small)), 0);
}

TEST(Delay, TablesGrowWithTheirIndex) {
  Inputs in;
  std::vector<std::int64_t> entries;
  for (std::int64_t i = 0; i < 2048; ++i) entries.push_back(i * 5 % 13);
  const double factor[] = {1, 1, 1.5, 1.5, 1.5, 2.5};
  for (int bits = 5; bits <= 10; ++bits) {
    const int index = bits <= 8 ? in.b.wrap(in.x, {bits, 0, false}) : in.b.sum({{in.x, bits - 8}}, 0, 0);
    const int id = in.b.table(index, entries, 0, 0);
    EXPECT_NEAR(delay_ns({}, in.b.program(), in.b.value(id)), 0.42 * factor[bits - 5], 1e-12) << bits;
  }
}

TEST(Delay, OfClampsAndRounding) {
  Inputs in;
  const int sum = in.b.sum({{in.x}, {in.y, 0, true}}, 0, 0);  // -255 to 255
  const auto delay = [&](const DelayModel& m, int id) { return delay_ns(m, in.b.program(), in.b.value(id)); };
  const int relu = in.b.clamp(sum, {0, 255}), narrow = in.b.clamp(sum, {0, 15}), wide = in.b.clamp(sum, {-128, 127});
  EXPECT_EQ(delay({}, relu), 0);  // joins the adder
  EXPECT_NEAR(delay(three_inputs(), relu), 0.42, 1e-12);
  EXPECT_NEAR(delay({}, wide), 0.42, 1e-12);                     // two bits decide
  EXPECT_NEAR(delay({}, narrow), 0.42, 1e-12);                   // 9 - 4 + 1 bits decide: one table
  EXPECT_NEAR(delay({}, in.b.clamp(sum, {0, 3})), 0.84, 1e-12);  // 8 bits
  EXPECT_EQ(delay({}, in.b.even(sum, 3)), 0);
  EXPECT_NEAR(delay({}, in.b.even(sum, 4)), 0.42, 1e-12);
}

TEST(LutCounts, AreThoseOfYosysForWhatIsExact) {
  Inputs in;
  const int two = in.b.sum({{in.x}, {in.y}}, 0, 0), three = in.b.sum({{in.x}, {in.y}, {two}}, 0, 0);
  const int less = in.b.less(in.x, in.y), small = in.b.less(in.a, in.c), max = in.b.max(in.x, in.y);
  const int select = in.b.select(less, in.x, in.y), wire = in.b.floor(in.x, 1);
  const auto luts = lut_counts(in.b.program(), false), luts3 = lut_counts(in.b.program(), true);
  const auto at = [](const std::vector<double>& all, int id) { return all[static_cast<std::size_t>(id)]; };
  EXPECT_EQ(at(luts, two), 8);
  EXPECT_EQ(at(luts, less), 8);
  EXPECT_EQ(at(luts, small), 1);
  EXPECT_EQ(at(luts, max), 16);
  EXPECT_EQ(at(luts, select), 8);
  EXPECT_EQ(at(luts, wire), 0);
  EXPECT_EQ(at(luts, in.x), 0);
  EXPECT_LT(at(luts3, three), at(luts, three));  // one adder instead of two
  double sum = 0;
  for (const double l : luts) sum += l;
  EXPECT_EQ(total_luts(in.b.program(), false), sum);
}

/// Four selections in a chain are a multiplexer: the first joins the second's tables, what follows is free.
TEST(LutCounts, ChainsOfSelectionsMerge) {
  Inputs in;
  std::vector<int> chain;
  int last = in.x;
  for (int i = 0; i < 5; ++i) {
    const int condition = in.b.less(in.a, in.b.constant(i < 3 ? i + 1 : 3 - i % 2, 0));
    last = in.b.select(condition, last, in.b.sum({{in.y}}, i + 1, 0));
    chain.push_back(last);
  }
  const auto luts = lut_counts(in.b.program(), false);
  const auto of = [&](int i) { return luts[static_cast<std::size_t>(chain[static_cast<std::size_t>(i)])]; };
  EXPECT_EQ(of(0), 0);
  EXPECT_GE(of(1), 8);
  EXPECT_EQ(of(2), 0);
  EXPECT_EQ(of(3), 0);
  EXPECT_GE(of(4), 8);  // a fifth begins another
}

TEST(EstimateCost, AddsUpByLayerAndStage) {
  Inputs in;
  const int two = in.b.sum({{in.x}, {in.y}}, 0, 0);
  in.b.set_layer(1);
  const int small = in.b.less(in.a, in.c), out = in.b.select(small, two, in.x);
  in.b.output(out, {9, 0, false});
  const Program p = std::move(in.b).finish();
  const Schedule s = make_schedule(p, 1, {});
  const Json cost = cost_to_json(estimate_cost(p, s, {}));
  EXPECT_EQ(cost["lut"], 8 + 1 + 9);
  EXPECT_EQ(cost["adder_levels"], 1);
  ASSERT_EQ(cost["layers"].size(), 2u);
  const Json &first = cost["layers"][0], &second = cost["layers"][1];
  EXPECT_EQ(first["name"], "first");
  EXPECT_EQ(first["lut"], 8);
  EXPECT_EQ(first["adders"], 1);
  EXPECT_EQ(first["values"], 1);
  EXPECT_EQ(first["first_stage"], 0);
  EXPECT_EQ(first["last_stage"], 0);
  EXPECT_EQ(second["lut"], 1 + 9);
  EXPECT_EQ(second["adders"], 0);
  EXPECT_EQ(second["values"], 2);
  EXPECT_EQ(second["last_stage"], 1);
  EXPECT_EQ(cost["stages"].size(), 2u);
  EXPECT_EQ(cost["stages"][1]["layers"], Json::array({"second"}));
  const Json& path = cost["critical_path"];
  EXPECT_EQ(path["stage"], 0);
  EXPECT_EQ(path["overhead_ns"], 0.18);
  ASSERT_EQ(path["steps"].size(), 1u);
  EXPECT_EQ(path["steps"][0]["op"], "sum");
  EXPECT_EQ(path["steps"][0]["bits"], 9);
  EXPECT_NEAR(cost["critical_ns"].get<double>(), 0.18 + 0.804, 1e-12);
  EXPECT_EQ(cost["ff"], count_registers(p, s) + 2);
}

}  // namespace
}  // namespace lutra
