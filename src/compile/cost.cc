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

struct LayerCost {
  double lut = 0;
  int flip_flops = 0, adders = 0, adder_levels = 0, values = 0, first = 1 << 30, last = 0;
};

std::vector<LayerCost> layer_costs(const Program& program, const Schedule& schedule, const DelayModel& model) {
  const std::vector<double> luts = lut_counts(program, model.three_inputs);
  const std::vector<int> depth = adder_depth(program, model, true);
  const std::vector<int> last = last_use(program, schedule);
  std::vector<LayerCost> layers(program.layers.size());
  for (std::size_t i = 0; i < program.values.size(); ++i) {
    const Value& v = program.values[i];
    if (v.layer < 0 || v.op == Opcode::constant) continue;
    LayerCost& c = layers[static_cast<std::size_t>(v.layer)];
    c.lut += luts[i];
    c.flip_flops += is_registered(v) ? (last[i] - schedule.stage[i]) * format_of(v).bits : 0;
    c.adders += v.op == Opcode::sum && luts[i] > 0 ? 1 : 0;
    c.adder_levels = std::max(c.adder_levels, depth[i]);
    ++c.values;
    c.first = std::min(c.first, schedule.stage[i]);
    c.last = std::max(c.last, schedule.stage[i]);
  }
  return layers;
}

Json layers_json(const Program& program, const std::vector<LayerCost>& layers) {
  Json list = Json::array();
  for (std::size_t l = 0; l < layers.size(); ++l)
    if (const LayerCost& c = layers[l]; c.values > 0)
      list.push_back({{"name", program.layers[l]},
                      {"lut", std::round(c.lut)},
                      {"ff", c.flip_flops},
                      {"adders", c.adders},
                      {"adder_levels", c.adder_levels},
                      {"values", c.values},
                      {"first_stage", c.first},
                      {"last_stage", c.last}});
  return list;
}

/// Names of the layers that compute something there.
Json layers_in(const Program& program, const Schedule& schedule, const DelayModel& model, int stage) {
  std::set<int> found;
  for (std::size_t i = 0; i < program.values.size(); ++i)
    if (const Value& v = program.values[i];
        schedule.stage[i] == stage && v.layer >= 0 && delay_ns(model, program, v) > 0)
      found.insert(v.layer);
  Json names = Json::array();
  for (const int layer : found) names.push_back(program.layers[static_cast<std::size_t>(layer)]);
  return names;
}

Json stages_json(const Program& program, const Schedule& schedule, const DelayModel& model,
                 const std::vector<StageTiming>& stages) {
  Json list = Json::array();
  for (std::size_t s = 0; s < stages.size(); ++s)
    list.push_back({{"delay_ns", stages[s].delay_ns},
                    {"adder_levels", stages[s].adder_levels},
                    {"ff", stages[s].flip_flops + 1},
                    {"layers", layers_in(program, schedule, model, static_cast<int>(s))}});
  return list;
}

Json critical_path(const Program& program, const DelayModel& model, const std::vector<StageTiming>& stages) {
  const auto slowest = std::ranges::max_element(stages, {}, &StageTiming::delay_ns);
  Json steps = Json::array();
  for (const int id : slowest->path) {
    const Value& v = program.value(id);
    const std::string layer = v.layer < 0 ? "" : program.layers[static_cast<std::size_t>(v.layer)];
    steps.push_back({{"value", id},
                     {"op", info(v.op).name},
                     {"layer", layer},
                     {"bits", format_of(v).bits},
                     {"adder_levels", adder_levels(model, program, v)},
                     {"delay_ns", delay_ns(model, program, v)}});
  }
  return {{"stage", slowest - stages.begin()}, {"overhead_ns", model.overhead_ns}, {"steps", steps}};
}

}  // namespace

Json estimate_cost(const Program& program, const Schedule& schedule, const DelayModel& model) {
  const std::vector<LayerCost> layers = layer_costs(program, schedule, model);
  const std::vector<StageTiming> stages = stage_timing(program, schedule, model);
  const std::vector<int> depth = adder_depth(program, model, false);
  double lut = 0;
  for (const LayerCost& layer : layers) lut += layer.lut;
  return {{"lut", std::round(lut)},
          {"ff", count_registers(program, schedule) + schedule.stages},
          {"adder_levels", depth.empty() ? 0 : *std::ranges::max_element(depth)},
          {"layers", layers_json(program, layers)},
          {"stages", stages_json(program, schedule, model, stages)},
          {"critical_ns", std::ranges::max_element(stages, {}, &StageTiming::delay_ns)->delay_ns},
          {"critical_path", critical_path(program, model, stages)}};
}

}  // namespace lutra
