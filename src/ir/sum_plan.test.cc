#include "ir/sum_plan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ir/builder.h"
#include "ir/interpret.h"
#include "ir/random_program.h"

namespace lutra {
namespace {

std::uint64_t low_bits(std::uint64_t value, int bits) {
  return bits >= 64 ? value : value & ((std::uint64_t{1} << bits) - 1);
}

std::uint64_t field_value(const Field& f, std::int64_t value) {
  auto pattern = low_bits(static_cast<std::uint64_t>(value), f.bits);
  if (f.invert) pattern = low_bits(~pattern, f.bits);
  if (f.flip_top) pattern ^= std::uint64_t{1} << (f.bits - 1);
  return pattern << f.shift;
}

std::uint64_t plan_value(const SumPlan& plan, const std::vector<std::int64_t>& values) {
  std::uint64_t sum = plan.carry_in ? std::uint64_t{1} << first_overlap(plan) : 0;
  for (const AdderRow& row : plan.rows) {
    sum += row.ones;
    for (const Field& f : row.fields) sum += field_value(f, values[static_cast<std::size_t>(f.value)]);
  }
  return low_bits(sum, plan.bits);
}

RC_GTEST_PROP(SumPlan, IsTheSumModuloItsWidth, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Program p = random_program(seed, {.values = 50});
  for (const auto& event : random_events(p, seed, 5)) {
    const auto values = interpret_values(p, event);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (p.values[i].op != Opcode::sum) continue;
      const SumPlan plan = plan_sum(p, p.values[i]);
      RC_ASSERT(plan_value(plan, values) == low_bits(static_cast<std::uint64_t>(values[i]), plan.bits));
      for (const AdderRow& row : plan.rows) RC_ASSERT((row.ones & row.occupied) == 0u);
    }
  }
}

TEST(SumPlan, SubtractionWithTheFreeAddendIsOneAdderWithoutConstant) {
  Program p;
  p.inputs = 2;
  p.input_format = {4, 0, false};
  Builder b(p);
  const std::vector<Operand> operands{{b.input(0), 2}, {b.input(1), 0, true}};
  const std::int64_t addend = free_addend({field_of(operands[0], {0, 15}), field_of(operands[1], {0, 15})});
  EXPECT_EQ(addend, 15);
  const SumPlan plan = plan_sum(b.program(), b.value(b.sum(operands, addend, 0)));
  ASSERT_EQ(plan.rows.size(), 2u);
  EXPECT_EQ(plan.rows[0].ones | plan.rows[1].ones, 0u);
  EXPECT_EQ(plan.bits, 7);
  EXPECT_EQ(adder_luts(plan.rows[0], plan.rows[1], plan.bits),
            2);  // bits 2 and 3 meet; 0, 1 pass, 4 .. 6 are carry cells
}

TEST(SumPlan, DisjointFieldsAreWires) {
  Program p;
  p.inputs = 2;
  p.input_format = {2, 0, false};
  Builder b(p);
  const SumPlan plan = plan_sum(b.program(), b.value(b.sum({{b.input(0), 0}, {b.input(1), 2}}, 16, 0)));
  ASSERT_EQ(plan.rows.size(), 1u);
  EXPECT_EQ(plan.rows[0].ones, 16u);
}

}  // namespace
}  // namespace lutra
