#include "ir/table_plan.h"

#include <gtest/gtest.h>

#include "ir/builder.h"

namespace lutra {
namespace {

using Kind = TablePlan::Kind;

TEST(TablePlan, TellsConstantsWiresAndFunctions) {
  // x1, ~x0, 1, x0 & x1, x0 ^ x1 from the lowest bit, of two of three index bits
  TruthTable t{3, 5, {}};
  for (std::uint64_t i = 0; i < 8; ++i) {
    const std::uint64_t x0 = i & 1, x1 = i >> 1 & 1;
    t.patterns.push_back(x1 | (x0 ^ 1) << 1 | 1 << 2 | (x0 & x1) << 3 | (x0 ^ x1) << 4);
  }
  const TablePlan plan = plan_table(t);
  ASSERT_EQ(plan.bits.size(), 5u);
  EXPECT_EQ(plan.bits[0].kind, Kind::wire);
  EXPECT_FALSE(plan.bits[0].inverted);
  EXPECT_EQ(plan.bits[0].support, 2u);
  EXPECT_TRUE(plan.bits[1].inverted);
  EXPECT_EQ(plan.bits[2].kind, Kind::constant);
  EXPECT_TRUE(plan.bits[2].inverted);
  EXPECT_EQ(plan.pairs, (std::vector<std::pair<int, int>>{{3, 4}}));
  EXPECT_TRUE(plan.singles.empty());
  EXPECT_EQ(table_luts(plan, false), 2);
  EXPECT_EQ(table_luts(plan, true), 1);
}

TEST(TablePlan, CountsLutsByInputs) {
  const auto parity = [](int inputs) {
    TruthTable t{inputs, 1, {}};
    for (std::uint64_t i = 0; i < std::uint64_t{1} << inputs; ++i)
      t.patterns.push_back(static_cast<std::uint64_t>(__builtin_parityll(i)));
    return table_luts(plan_table(t), true);
  };
  EXPECT_EQ(parity(6), 1);
  EXPECT_EQ(parity(8), 4);
}

TEST(TablePlan, IsOfTheBitPatternsOfTheIndex) {
  Program p;
  p.inputs = 1;
  p.input_format = {2, 0, true};
  Builder b(p);
  const int table = b.table(b.input(0, Interval{-1, 1}), {5, 6, 3}, -1, 0);
  const TruthTable t = truth_table(b.program(), b.value(table));
  EXPECT_EQ(t.patterns, (std::vector<std::uint64_t>{6, 3, 0, 5}));  // 0, 1, -2 (cannot be), -1
}

}  // namespace
}  // namespace lutra
