#include "ir/sum_plan.h"

#include <algorithm>
#include <bit>

namespace lutra {
namespace {

std::uint64_t mask(int bits) { return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1; }

std::uint64_t occupied(const Field& f, int bits) {
  return f.shift >= bits ? 0 : (mask(f.bits) << f.shift) & mask(bits);
}

/// What the field is worth beyond +-value, at shift 0.
std::uint64_t offset(bool is_signed, bool negative, int bits) {
  if (is_signed) return negative ? mask(bits - 1) : std::uint64_t{1} << (bits - 1);
  return negative ? mask(bits) : 0;
}

void place_fields(SumPlan& plan, std::vector<Field> fields) {
  for (const Field& f : fields) {
    const std::uint64_t bits = occupied(f, plan.bits);
    if (bits == 0) continue;
    const auto row =
        std::find_if(plan.rows.begin(), plan.rows.end(), [&](const AdderRow& r) { return (r.occupied & bits) == 0; });
    AdderRow& target = row == plan.rows.end() ? plan.rows.emplace_back() : *row;
    target.fields.push_back(f);
    target.occupied |= bits;
  }
}

/// Into places where a row has no field and the carry-in, or as a row of its own.
void place_constant(SumPlan& plan, std::uint64_t constant) {
  if (constant == 0) return;
  const int low = first_overlap(plan);
  std::uint64_t everywhere = ~std::uint64_t{0};
  for (const AdderRow& r : plan.rows) everywhere &= r.occupied;
  const bool can_carry = plan.rows.size() == 2 && low < plan.bits && (constant & mask(low)) == 0;
  const std::uint64_t carry = can_carry ? constant & std::uint64_t{1} << low : 0;
  if (plan.rows.empty() || (constant & everywhere & ~carry) != 0) {
    plan.rows.push_back({{}, constant, 0});
    return;
  }
  plan.carry_in = carry != 0;
  constant &= ~carry;
  for (auto row = plan.rows.rbegin(); row != plan.rows.rend(); ++row) {
    row->ones = constant & ~row->occupied;
    constant &= row->occupied;
  }
}

}  // namespace

Field field_of(const Operand& operand, Interval range) {
  const Format format = smallest_format(range, 0);
  return {operand.value, operand.shift, format.bits, operand.negative, format.is_signed};
}

SumPlan plan_sum(std::vector<Field> fields, std::int64_t addend, int bits) {
  SumPlan plan;
  plan.bits = bits;
  auto constant = static_cast<std::uint64_t>(addend);
  for (const Field& f : fields) constant -= offset(f.flip_top, f.invert, f.bits) << f.shift;
  place_fields(plan, std::move(fields));
  place_constant(plan, constant & mask(bits));
  return plan;
}

SumPlan plan_sum(const Program& program, const Value& sum) {
  std::vector<Field> fields;
  for (const Operand& o : sum.args) fields.push_back(field_of(o, program.value(o.value).range));
  return plan_sum(std::move(fields), sum.a, format_of(sum).bits);
}

std::int64_t free_addend(const std::vector<Field>& fields) {
  std::uint64_t sum = 0;
  for (const Field& f : fields) sum += offset(f.flip_top, f.invert, f.bits) << f.shift;
  return static_cast<std::int64_t>(sum);
}

int first_overlap(const SumPlan& plan) {
  std::uint64_t seen = 0, twice = 0;
  for (const AdderRow& r : plan.rows) {
    twice |= seen & (r.occupied | r.ones);
    seen |= r.occupied | r.ones;
  }
  return std::min(plan.bits, std::countr_zero(twice));
}

std::uint64_t inverted_bits(const AdderRow& row, int bits) {
  std::uint64_t inverted = 0;
  for (const Field& f : row.fields) {
    if (f.invert) inverted ^= occupied(f, bits);
    if (f.flip_top && f.shift + f.bits <= bits) inverted ^= std::uint64_t{1} << (f.shift + f.bits - 1);
  }
  return inverted;
}

int adder_luts(const AdderRow& x, const AdderRow& y, int bits) {
  const std::uint64_t both = (x.occupied | x.ones) & (y.occupied | y.ones);
  std::uint64_t needed = both;
  for (const AdderRow* row : {&x, &y})
    for (const Field& f : row->fields)
      if (f.invert) needed |= occupied(f, bits);
  needed &= mask(bits) & ~mask(std::countr_zero(both));
  return std::popcount(needed);
}

std::uint64_t adder3_bits(const std::vector<AdderRow>& rows, int bits) {
  std::uint64_t seen = 0, twice = 0;
  for (const AdderRow& r : rows) {
    twice |= seen & (r.occupied | r.ones);
    seen |= r.occupied | r.ones;
  }
  return (twice | (twice << 1 & seen)) & mask(bits);
}

AdderRow joined_row(const AdderRow& x, const AdderRow& y, int bits) {
  const std::uint64_t widest = std::max(x.occupied | x.ones, y.occupied | y.ones);
  const int width = std::min(bits, static_cast<int>(std::bit_width(widest)) + 1);
  return {{{-1, 0, width, false, false}}, 0, mask(width)};
}

int sum_luts(const SumPlan& plan, bool three_inputs) {
  if (plan.rows.size() < 2) return 0;
  if (plan.rows.size() == 3 && three_inputs) return std::popcount(adder3_bits(plan.rows, plan.bits));
  int luts = 0;
  AdderRow sum = plan.rows[0];
  for (std::size_t i = 1; i < plan.rows.size(); ++i) {
    luts += adder_luts(sum, plan.rows[i], plan.bits);
    sum = joined_row(sum, plan.rows[i], plan.bits);
  }
  return luts;
}

}  // namespace lutra
