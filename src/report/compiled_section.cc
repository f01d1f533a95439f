#include <fmt/format.h>

#include <algorithm>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/compiled.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// Titles and ids of one design's blocks.
struct Titles {
  std::string name;  // "Student"
  std::string id;    // "compiled-0-1"
  std::string caption(const std::string& text) const { return name + ": " + text; }
};

std::string deviation(double modelled, double measured) {
  return measured > 0 ? fmt::format("{:+.1f} %", 100 * (modelled / measured - 1)) : "-";
}

/// Estimate beside synthesis, and what was placed and routed, if anything was.
Table totals(const CompiledDesign& d, const Titles& titles) {
  Table table{titles.id + "-totals",
              titles.caption("what the compiler's model says and what was measured. Measured LUT and FF: Yosys, mapped "
                             "but not placed. Times are modelled unless a vendor's or nextpnr's report was given to "
                             "lutra synth.") +
                  (d.chain ? " The model leaves out the registers that join its parts." : ""),
              {{"quantity", ""}, {"model", ""}, {"measured", ""}, {"model against measured", ""}},
              {}};
  const Json none = Json::object();
  const Json& synth = d.measured == nullptr ? none : *d.measured;
  for (const auto& [key, label] : {std::pair{"lut", "LUT"}, std::pair{"ff", "flip-flops"}}) {
    const auto model = maybe_number(d.cost(), key, d.where);
    const auto measured = maybe_number(synth, key, d.measured_where);
    table.rows.push_back({text_cell(label), number_cell(model, 6), number_cell(measured, 6),
                          text_cell(model && measured ? deviation(*model, *measured) : "-")});
  }
  const auto add = [&](const std::string& label, const Cell& model, const Cell& measured) {
    table.rows.push_back({text_cell(label), model, measured, text_cell("-")});
  };
  const Cell no = text_cell("-");
  add("latency [clocks]", number_cell(maybe_number(*d.body, "latency_cycles", d.where)), no);
  add("clock period [ns]", number_cell(d.clock_ns), no);
  add("longest stage [ns]", number_cell(d.critical_ns), no);
  if (const auto levels = maybe_number(d.cost(), "adder_levels", d.where))
    add("adders in series, input to output", number_cell(levels), no);
  for (const char* tool : {"vendor", "ice40"})
    if (synth.value(tool, Json::object()).contains("device")) {  // else its tool failed
      const Json& report = object_at(synth, tool, d.measured_where);
      add("period on " + json_get<std::string>(report, "device", d.measured_where) + " [ns]", no,
          number_cell(maybe_number(report, "period_ns", d.measured_where)));
    }
  return table;
}

std::string stages_text(const CompiledLayer& l) {
  return l.clocks() == 1 ? fmt::format("{}", l.first_stage) : fmt::format("{} - {}", l.first_stage, l.last_stage);
}

Table layer_table(const CompiledDesign& d, const Titles& titles) {
  Table table{titles.id + "-layers",
              titles.caption("every layer by the compiler's model. Adder levels: most adders in series inside the "
                             "layer; flip-flops: of its values, until their last use.") +
                  (d.chain ? " Each part of the trigger counts its stages from 1."
                           : " A layer may begin in the stage in which the one before ends."),
              {{"layer", ""},
               {"LUT", ""},
               {"share of LUT", ""},
               {"FF", ""},
               {"adder levels", ""},
               {"pipeline stages", ""},
               {"clocks", ""}},
              {}};
  if (!d.chain) table.columns.push_back({"done after", "ns"});
  double all = 0;
  for (const CompiledLayer& l : d.layers) all += l.lut;
  for (const CompiledLayer& l : d.layers) {
    table.rows.push_back({text_cell(l.name), number_cell(l.lut, 6), percent_cell(all > 0 ? l.lut / all : 0, 0),
                          number_cell(l.flip_flops, 6), number_cell(l.adder_levels), text_cell(stages_text(l)),
                          number_cell(l.clocks())});
    if (!d.chain) table.rows.back().push_back(number_cell(l.last_stage * d.clock_ns));
  }
  return table;
}

/// Where in the pipeline each layer is, and how many LUT it has.
Figure pipeline_figure(const CompiledDesign& d, const Titles& titles) {
  Json rows = Json::array();
  for (const CompiledLayer& l : d.layers)
    rows.push_back({{"layer", l.name},
                    {"from", l.first_stage - 0.5},
                    {"to", l.last_stage + 0.5},
                    {"first", l.first_stage},
                    {"last", l.last_stage},
                    {"lut", l.lut},
                    {"label", number_text(l.lut) + " LUT"}});
  Json spec = plot("pipeline", std::move(rows));
  for (Json& layer : spec["layer"])
    layer["encoding"]["x"]["scale"] = {{"domain", {0.5, 1.25 * static_cast<double>(d.stages.size()) + 0.5}},
                                       {"nice", false}};
  return {titles.id + "-pipeline",
          titles.caption("the pipeline stages in which every layer computes, with its LUT by the model."),
          std::move(spec)};
}

Json stage_rows(const CompiledDesign& d) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < d.stages.size(); ++i) {
    const CompiledStage& s = d.stages[i];
    rows.push_back({{"stage", i + 1},
                    {"delay_ns", s.delay_ns},
                    {"ff", or_null(s.flip_flops)},
                    {"adder_levels", or_null(s.adder_levels)},
                    {"layers", s.layers},
                    {"critical", s.delay_ns >= d.critical_ns ? "longest" : "other"}});
  }
  return rows;
}

void add_stage_figures(Section& section, const CompiledDesign& d, const Titles& titles) {
  if (d.stages.empty()) return;
  if (!d.chain) section.blocks.push_back(pipeline_figure(d, titles));
  Json delays = plot("stages", stage_rows(d));
  delays["layer"][1]["encoding"]["y"]["datum"] = d.clock_ns;
  section.blocks.push_back(Figure{
      titles.id + "-stages",
      titles.caption("modelled delay of every pipeline stage; the longest stand out. Dashed: the clock period.") +
          (d.chain ? " In order: search in the columns, window cells, network." : ""),
      std::move(delays)});
  if (!d.stages.front().flip_flops) return;
  Json registers = plot("stages", stage_rows(d));
  registers["layer"].erase(1);
  Json& y = registers["layer"][0]["encoding"]["y"];
  y["field"] = "ff";
  y["title"] = "flip-flops";
  registers["layer"][0]["encoding"].erase("fill");
  section.blocks.push_back(Figure{titles.id + "-registers",
                                  titles.caption("flip-flops behind every pipeline stage, by the model, the valid bit "
                                                 "included."),
                                  std::move(registers)});
}

void add_path(Section& section, const CompiledDesign& d, const Titles& titles) {
  if (d.critical_stage == 0) {
    section.blocks.push_back(Paragraph{
        titles.caption("the file tells no critical path; compile the network again with this version to see it.")});
    return;
  }
  Table table{titles.id + "-path",
              titles.caption(fmt::format(
                  "the critical path, by the model: stage {}, {} ns of a clock of {} ns, {} ns to spare. Values are "
                  "named as in the RTL module of their layer.",
                  d.critical_stage, number_text(d.critical_ns), number_text(d.clock_ns),
                  number_text(d.clock_ns - d.critical_ns, 2))),
              {{"value", ""}, {"layer", ""}, {"width", "bit"}, {"adders", ""}, {"delay", "ns"}, {"ready after", "ns"}},
              {}};
  double ready = d.overhead_ns;
  table.rows.push_back({text_cell("register, clock skew"), text_cell("-"), text_cell("-"), text_cell("-"),
                        number_cell(d.overhead_ns), number_cell(ready)});
  for (const PathStep& step : d.path)
    table.rows.push_back({text_cell(step.value), text_cell(step.layer.empty() ? "-" : step.layer),
                          number_cell(step.bits), number_cell(step.adder_levels), number_cell(step.delay_ns),
                          number_cell(ready += step.delay_ns)});
  section.blocks.push_back(std::move(table));
}

}  // namespace

Section compiled_section(const std::vector<Run>& runs) {
  Section section{"compiled", "The compiled network", {}};
  section.blocks.push_back(
      Paragraph{"Modelled by the compiler, before synthesis: LUT and flip-flops of layers and stages, adder levels, "
                "delays (a fit to public cell delays of UltraScale+, docs/compiler.md). Measured: LUT and flip-flops "
                "of the whole design, by Yosys. Nothing was placed or routed on an UltraScale+, and no vendor tool "
                "has confirmed the delays."});
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::vector<CompiledDesign> designs = compiled_designs(runs[i]);
    if (designs.empty()) section.blocks.push_back(missing("rtl/design.json"));
    for (std::size_t k = 0; k < designs.size(); ++k) {
      const Titles titles{in_run(runs, runs[i], designs[k].name), fmt::format("compiled-{}-{}", i, k)};
      section.blocks.push_back(Heading{titles.name});
      section.blocks.push_back(totals(designs[k], titles));
      add_stage_figures(section, designs[k], titles);
      section.blocks.push_back(layer_table(designs[k], titles));
      add_path(section, designs[k], titles);
    }
  }
  return section;
}

}  // namespace lutra
