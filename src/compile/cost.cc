#include "compile/cost.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

#include "compile/cuts.h"
#include "compile/timing.h"
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

namespace {

/// [layers of the program], also those without values.
std::vector<LayerCost> all_layer_costs(const Program& program, const Schedule& schedule, const DelayModel& model) {
  const std::vector<double> luts = lut_counts(program, model.three_inputs);
  const std::vector<int> depth = adder_depth(program, model, true);
  const std::vector<int> last = last_use(program, schedule);
  std::vector<LayerCost> layers;
  for (const std::string& name : program.layers) layers.push_back({.name = name, .first_stage = schedule.stages});
  for (std::size_t i = 0; i < program.values.size(); ++i) {
    const Value& v = program.values[i];
    if (v.layer < 0 || v.op == Opcode::constant) continue;
    LayerCost& c = layers[static_cast<std::size_t>(v.layer)];
    c.lut += luts[i];
    c.flip_flops += is_registered(v) ? (last[i] - schedule.stage[i]) * format_of(v).bits : 0;
    c.adders += v.op == Opcode::sum && luts[i] > 0 ? 1 : 0;
    c.adder_levels = std::max(c.adder_levels, depth[i]);
    ++c.values;
    c.first_stage = std::min(c.first_stage, schedule.stage[i]);
    c.last_stage = std::max(c.last_stage, schedule.stage[i]);
  }
  return layers;
}

/// Names of the layers that compute something there.
std::vector<std::string> layers_in(const Program& program, const Schedule& schedule, const DelayModel& model,
                                   int stage) {
  std::set<int> found;
  for (std::size_t i = 0; i < program.values.size(); ++i)
    if (const Value& v = program.values[i];
        schedule.stage[i] == stage && v.layer >= 0 && delay_ns(model, program, v) > 0)
      found.insert(v.layer);
  std::vector<std::string> names;
  for (const int layer : found) names.push_back(program.layers[static_cast<std::size_t>(layer)]);
  return names;
}

CriticalPath critical_path(const Program& program, const DelayModel& model, const std::vector<StageTiming>& stages) {
  const auto slowest = std::ranges::max_element(stages, {}, &StageTiming::delay_ns);
  CriticalPath path{static_cast<int>(slowest - stages.begin()), model.overhead_ns, {}};
  for (const int id : slowest->path) {
    const Value& v = program.value(id);
    const std::string layer = v.layer < 0 ? "" : program.layers[static_cast<std::size_t>(v.layer)];
    path.steps.push_back(
        {id, info(v.op).name, layer, format_of(v).bits, adder_levels(model, program, v), delay_ns(model, program, v)});
  }
  return path;
}

}  // namespace

Cost estimate_cost(const Program& program, const Schedule& schedule, const DelayModel& model) {
  const std::vector<StageTiming> stages = stage_timing(program, schedule, model);
  const std::vector<int> depth = adder_depth(program, model, false);
  Cost cost;
  for (LayerCost& layer : all_layer_costs(program, schedule, model)) {
    cost.lut += layer.lut;
    layer.lut = std::round(layer.lut);
    if (layer.values > 0) cost.layers.push_back(std::move(layer));
  }
  cost.lut = std::round(cost.lut);
  cost.flip_flops = count_registers(program, schedule) + schedule.stages;
  cost.adder_levels = depth.empty() ? 0 : *std::ranges::max_element(depth);
  for (std::size_t s = 0; s < stages.size(); ++s)
    cost.stages.push_back({stages[s].delay_ns, stages[s].adder_levels, stages[s].flip_flops + 1,
                           layers_in(program, schedule, model, static_cast<int>(s))});
  cost.critical_ns = std::ranges::max_element(stages, {}, &StageTiming::delay_ns)->delay_ns;
  cost.critical_path = critical_path(program, model, stages);
  return cost;
}

Cost joined_costs(const Cost& first, const Cost& second) {
  Cost cost = first;
  cost.lut += second.lut;
  cost.flip_flops += second.flip_flops;
  cost.adder_levels += second.adder_levels;
  cost.layers.insert(cost.layers.end(), second.layers.begin(), second.layers.end());
  cost.stages.insert(cost.stages.end(), second.stages.begin(), second.stages.end());
  if (second.critical_ns > first.critical_ns) {
    cost.critical_ns = second.critical_ns;
    cost.critical_path = second.critical_path;
  }
  return cost;
}

Json cost_to_json(const Cost& cost) {
  Json layers = Json::array(), stages = Json::array(), steps = Json::array();
  for (const LayerCost& l : cost.layers)
    layers.push_back({{"name", l.name},
                      {"lut", l.lut},
                      {"ff", l.flip_flops},
                      {"adders", l.adders},
                      {"adder_levels", l.adder_levels},
                      {"values", l.values},
                      {"first_stage", l.first_stage},
                      {"last_stage", l.last_stage}});
  for (const StageCost& s : cost.stages)
    stages.push_back(
        {{"delay_ns", s.delay_ns}, {"adder_levels", s.adder_levels}, {"ff", s.flip_flops}, {"layers", s.layers}});
  for (const CriticalPath::Step& s : cost.critical_path.steps)
    steps.push_back({{"value", s.value},
                     {"op", s.op},
                     {"layer", s.layer},
                     {"bits", s.bits},
                     {"adder_levels", s.adder_levels},
                     {"delay_ns", s.delay_ns}});
  return {{"lut", cost.lut},
          {"ff", cost.flip_flops},
          {"adder_levels", cost.adder_levels},
          {"layers", layers},
          {"stages", stages},
          {"critical_ns", cost.critical_ns},
          {"critical_path",
           {{"stage", cost.critical_path.stage}, {"overhead_ns", cost.critical_path.overhead_ns}, {"steps", steps}}}};
}

}  // namespace lutra
