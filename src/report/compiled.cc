#include "report/compiled.h"

#include <algorithm>

#include "report/fields.h"

namespace lutra {
namespace {

struct Place {
  const char* name;
  const char* design;
  const char* synth;
};

constexpr Place places[] = {{"Student", "rtl/design.json", "synth.json"},
                            {"Chosen network of learned precision", "learned/rtl/design.json", "learned/synth.json"},
                            {"Whole trigger", "chain/design.json", "chain-synth.json"}};

CompiledLayer layer_of(const Json& layer, const std::string& where) {
  CompiledLayer l;
  l.name = json_get<std::string>(layer, "name", where);
  l.lut = json_get<double>(layer, "lut", where);
  l.flip_flops = maybe_number(layer, "ff", where);
  l.adder_levels = maybe_number(layer, "adder_levels", where);
  l.first_stage = static_cast<int>(maybe_number(layer, "first_stage", where).value_or(0)) + 1;
  l.last_stage = static_cast<int>(maybe_number(layer, "last_stage", where).value_or(0)) + 1;
  return l;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::vector<CompiledStage> stages_of(const Json& cost, const std::string& where) {
  std::vector<CompiledStage> stages;
  if (cost.contains("stages"))
    for (const Json& stage : list_at(cost, "stages", where))
      stages.push_back({json_get<double>(stage, "delay_ns", where), maybe_number(stage, "ff", where),
                        maybe_number(stage, "adder_levels", where),
                        joined(json_get<std::vector<std::string>>(stage, "layers", where))});
  else if (cost.contains("stage_delay_ns"))  // written by older programs
    for (const double delay : json_get<std::vector<double>>(cost, "stage_delay_ns", where))
      stages.push_back({delay, {}, {}, ""});
  return stages;
}

void read_path(CompiledDesign& design, const std::string& where) {
  if (!design.cost().contains("critical_path")) return;
  const Json& path = object_at(design.cost(), "critical_path", where);
  design.critical_stage = json_get<int>(path, "stage", where) + 1;
  design.overhead_ns = json_get<double>(path, "overhead_ns", where);
  for (const Json& step : list_at(path, "steps", where))
    design.path.push_back(
        {json_get<std::string>(step, "op", where) + "_" + std::to_string(json_get<int>(step, "value", where)),
         json_get<std::string>(step, "layer", where), json_get<int>(step, "bits", where),
         json_get<int>(step, "adder_levels", where), json_get<double>(step, "delay_ns", where)});
}

CompiledDesign design_of(const Run& run, const Place& place, const Json& body) {
  CompiledDesign design;
  design.name = place.name;
  design.body = &body;
  design.measured = run.body(place.synth);
  design.where = run.name + "/" + place.design;
  design.measured_where = run.name + "/" + place.synth;
  const Json& cost = object_at(body, "cost", design.where);
  design.chain = body.contains("chain") && body["chain"].is_object();
  design.clock_ns = json_get<double>(body, "clock_ns", design.where);
  for (const Json& layer : list_at(cost, "layers", design.where))
    design.layers.push_back(layer_of(layer, design.where));
  design.stages = stages_of(cost, design.where);
  for (const CompiledStage& stage : design.stages) design.critical_ns = std::max(design.critical_ns, stage.delay_ns);
  read_path(design, design.where);
  return design;
}

}  // namespace

std::vector<CompiledDesign> compiled_designs(const Run& run) {
  std::vector<CompiledDesign> designs;
  for (const Place& place : places)
    if (const Json* body = run.body(place.design)) designs.push_back(design_of(run, place, *body));
  return designs;
}

}  // namespace lutra
