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

double sum_delay(const DelayModel& m, const Program& program, const Value& v) {
  const SumPlan plan = plan_sum(program, v);
  const int bits = std::max(plan.bits - first_overlap(plan), 0);
  if (m.three_inputs && plan.rows.size() == 3) return adder_delay(m, bits) + m.lut_ns;
  const auto adders = static_cast<double>(plan.rows.size()) - 1;
  return adders < 1 || bits == 0 ? 0 : adders * adder_delay(m, bits);
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
      if (arg_bits(0) + arg_bits(1) <= 6) return m.lut_ns;
      return adder_delay(m, std::max(arg_bits(0), arg_bits(1))) + m.lut_ns;
    case Opcode::less:
      return arg_bits(0) + arg_bits(1) <= 6 ? m.lut_ns : adder_delay(m, std::max(arg_bits(0), arg_bits(1)));
    case Opcode::select:
      return m.lut_ns;
    case Opcode::table:
      return m.lut_ns * (arg_bits(0) <= 6 ? 1 : arg_bits(0) <= 9 ? 1.5 : 2.5);
  }
  return 0;
}

}  // namespace lutra
