#include "compile/cost.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

#include "compile/cuts.h"
#include "compile/schedule.h"
#include "ir/sum_plan.h"

namespace lutra {
namespace {

/// One table per kept bit, shared detection of saturation.
double clamp_luts(const Program& program, const Value& v) {
  const Value& x = program.value(v.args[0].value);
  const int kept = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(v.b - v.a)));
  const int upper = std::max(format_of(x).bits - kept, 1);
  const double detect = upper <= 4 ? 0 : std::max(2.0, std::ceil((upper - 1) / 5.0));
  return kept + detect + (x.op == Opcode::even && upper + static_cast<int>(x.a) + 1 > 6 ? 1 : 0);
}

/// Of ops that Yosys takes apart: those of six input bits in all are one table per bit.
std::optional<double> narrow_luts(const Program& program, const Value& v) {
  const std::optional<Cut> cut = argument_cut(program, v);
  if (!cut) return {};
  return table_luts(plan_table(truth_table(program, v, *cut)), false);
}

/// Selection of either argument behind a comparison.
double max_luts(const Program& program, const Value& v) {
  const int widest =
      std::max(format_of(program.value(v.args[0].value)).bits, format_of(program.value(v.args[1].value)).bits);
  return format_of(v).bits + widest;
}

double lut_count(const Program& program, const Value& v, bool three_inputs) {
  const int bits = format_of(v).bits;
  const auto arg_bits = [&](std::size_t i) { return format_of(program.value(v.args[i].value)).bits; };
  switch (v.op) {
    case Opcode::input:
    case Opcode::constant:
    case Opcode::floor:
    case Opcode::previous:
    case Opcode::start:
    case Opcode::wrap:
    case Opcode::even:
      return 0;
    case Opcode::sum:
      return sum_luts(plan_sum(program, v), three_inputs);
    case Opcode::clamp:
      return narrow_luts(program, v).value_or(clamp_luts(program, v));
    case Opcode::max:
      return narrow_luts(program, v).value_or(max_luts(program, v));
    case Opcode::less:
      return narrow_luts(program, v).value_or(std::max(arg_bits(0), arg_bits(1)));
    case Opcode::select:
      return narrow_luts(program, v).value_or(bits);
    case Opcode::table:
      return table_luts(plan_table(truth_table(program, v)), three_inputs);
  }
  return 0;
}

/// Selections that feed only selections: two levels are one table per bit, two more are the multiplexers behind it.
void merge_selections(const Program& program, std::vector<double>& luts) {
  const std::vector<int> uses = count_uses(program);
  std::vector<int> height(luts.size(), 0);
  for (std::size_t i = 0; i < luts.size(); ++i) {
    if (program.values[i].op != Opcode::select) continue;
    for (const std::size_t arg : {1, 2}) {
      const auto a = static_cast<std::size_t>(program.values[i].args[arg].value);
      if (uses[a] != 1 || height[a] == 0 || height[a] == 4) continue;
      height[i] = std::max(height[i], height[a]);
      if (height[a] == 1) luts[a] = 0;
    }
    if (++height[i] > 2) luts[i] = 0;
  }
}

/// Carry chains on the longest way to every value: sums and comparisons of more than six bits.
std::vector<int> adder_levels(const Program& program, const std::vector<double>& luts) {
  std::vector<int> levels;
  for (std::size_t i = 0; i < luts.size(); ++i) {
    const Value& v = program.values[i];
    int level = 0;
    for (const Operand& o : v.args) level = std::max(level, levels[static_cast<std::size_t>(o.value)]);
    const bool compares = (v.op == Opcode::max || v.op == Opcode::less) && !argument_cut(program, v);
    levels.push_back(level + ((v.op == Opcode::sum && luts[i] > 0) || compares ? 1 : 0));
  }
  return levels;
}

}  // namespace

std::vector<double> lut_counts(const Program& program, bool three_inputs) {
  std::vector<double> luts;
  for (const Value& v : program.values) luts.push_back(lut_count(program, v, three_inputs));
  merge_selections(program, luts);
  return luts;
}

double total_luts(const Program& program, bool three_inputs) {
  const std::vector<double> luts = lut_counts(program, three_inputs);
  return std::accumulate(luts.begin(), luts.end(), 0.0);
}

Json estimate_cost(const Program& program, const Schedule& schedule, const DelayModel& model) {
  struct LayerCost {
    double lut = 0;
    int adders = 0, values = 0, first = 1 << 30, last = 0;
  };
  const std::vector<double> luts_of = lut_counts(program, model.three_inputs);
  std::vector<LayerCost> layers(program.layers.size());
  double lut = 0;
  for (std::size_t i = 0; i < program.values.size(); ++i) {
    const Value& v = program.values[i];
    if (v.layer < 0 || v.op == Opcode::constant) continue;
    LayerCost& c = layers[static_cast<std::size_t>(v.layer)];
    const double luts = luts_of[i];
    lut += luts;
    c.lut += luts;
    c.adders += v.op == Opcode::sum && luts > 0 ? 1 : 0;
    ++c.values;
    c.first = std::min(c.first, schedule.stage[i]);
    c.last = std::max(c.last, schedule.stage[i]);
  }
  Json by_layer = Json::array();
  for (std::size_t l = 0; l < layers.size(); ++l)
    if (layers[l].values > 0)
      by_layer.push_back({{"name", program.layers[l]},
                          {"lut", std::round(layers[l].lut)},
                          {"adders", layers[l].adders},
                          {"values", layers[l].values},
                          {"first_stage", layers[l].first},
                          {"last_stage", layers[l].last}});
  const std::vector<double> delays = stage_delays(program, schedule, model);
  const std::vector<int> levels = adder_levels(program, luts_of);
  return {{"lut", std::round(lut)},   {"ff", count_registers(program, schedule) + schedule.stages},
          {"layers", by_layer},       {"adder_levels", *std::max_element(levels.begin(), levels.end())},
          {"stage_delay_ns", delays}, {"critical_ns", *std::max_element(delays.begin(), delays.end())}};
}

}  // namespace lutra
