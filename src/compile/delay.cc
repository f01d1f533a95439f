#include "compile/delay.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "ir/sum_plan.h"

namespace lutra {
namespace {

double adder_delay(const DelayModel& m, int bits) { return m.adder_ns + m.adder_bit_ns * std::max(bits - 8, 0); }

/// LUT levels of a function of so many inputs (6-input tables in a tree).
double lut_levels(int inputs) { return inputs <= 1 ? 0 : std::ceil(std::log(inputs) / std::log(6.0) - 1e-9); }

/// Bits of the carry chain of a sum; 0 when it is wires.
int sum_bits(const SumPlan& plan) { return std::max(plan.bits - first_overlap(plan), 0); }

bool is_three_input(const DelayModel& m, const SumPlan& plan) { return m.three_inputs && plan.rows.size() == 3; }

int sum_levels(const DelayModel& m, const SumPlan& plan) {
  if (is_three_input(m, plan)) return 1;
  return plan.rows.size() < 2 || sum_bits(plan) == 0 ? 0 : static_cast<int>(plan.rows.size()) - 1;
}

double sum_delay(const DelayModel& m, const Program& program, const Value& v) {
  const SumPlan plan = plan_sum(program, v);
  return sum_levels(m, plan) * adder_delay(m, sum_bits(plan)) + (is_three_input(m, plan) ? m.lut_ns : 0);
}

/// max(x, 0) and min(x, 0) only gate x with its sign: that joins the tables of a two-input adder.
bool gates_with_sign(const Program& program, const Value& v) {
  const Interval range = program.value(v.args[0].value).range;
  return (v.a == 0 && v.b >= range.hi) || (v.b == 0 && v.a <= range.lo);
}

/// The bits that decide about saturation, and the bit itself.
double clamp_delay(const DelayModel& m, const Program& program, const Value& v) {
  if (!m.three_inputs && gates_with_sign(program, v)) return 0;
  const int from = format_of(program.value(v.args[0].value)).bits;
  const int kept = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(v.b - v.a)));
  return m.lut_ns * std::max(lut_levels(from - kept + 1), 1.0);
}

/// Two values of at most six bits in all are compared by tables.
bool compares_by_carry(const Program& program, const Value& v) {
  return format_of(program.value(v.args[0].value)).bits + format_of(program.value(v.args[1].value)).bits > 6;
}

}  // namespace

double delay_ns(const DelayModel& m, const Program& program, const Value& v) {
  const auto arg_bits = [&](std::size_t i) { return format_of(program.value(v.args[i].value)).bits; };
  switch (v.op) {
    case Opcode::input:
    case Opcode::constant:
    case Opcode::floor:
    case Opcode::previous:
    case Opcode::start:
    case Opcode::wrap:
      return 0;
    case Opcode::sum:
      return sum_delay(m, program, v);
    case Opcode::even:
      return v.a <= 3 ? 0.0 : m.lut_ns;  // joins the clamp's table when narrow
    case Opcode::clamp:
      return clamp_delay(m, program, v);
    case Opcode::max:
      if (!compares_by_carry(program, v)) return m.lut_ns;
      return adder_delay(m, std::max(arg_bits(0), arg_bits(1))) + m.lut_ns;
    case Opcode::less:
      return compares_by_carry(program, v) ? adder_delay(m, std::max(arg_bits(0), arg_bits(1))) : m.lut_ns;
    case Opcode::select:
      return m.lut_ns;
    case Opcode::table:
      return m.lut_ns * (arg_bits(0) <= 6 ? 1 : arg_bits(0) <= 9 ? 1.5 : 2.5);
  }
  return 0;
}

int adder_levels(const DelayModel& m, const Program& program, const Value& v) {
  if (v.op == Opcode::sum) return sum_levels(m, plan_sum(program, v));
  if (v.op == Opcode::max || v.op == Opcode::less) return compares_by_carry(program, v) ? 1 : 0;
  return 0;
}

}  // namespace lutra
