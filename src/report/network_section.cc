#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/html.h"
#include "report/network_drawing.h"
#include "report/network_summary.h"
#include "report/sections.h"

namespace lutra {
namespace {

constexpr const char* path = "student/network.json";

Cell count_cell(std::int64_t count) { return number_cell(static_cast<double>(count)); }

Table layer_table(const std::vector<LayerSummary>& layers, const std::string& id, const std::string& caption) {
  Table table{id,
              caption,
              {{"layer", ""},
               {"kind", ""},
               {"output", "channels x rows x columns"},
               {"format", ""},
               {"weights", ""},
               {"zero", ""},
               {"weight width", "bit"},
               {"signed digits", ""}},
              {}};
  for (const LayerSummary& l : layers) {
    const bool has = l.weights > 0;
    table.rows.push_back(
        {text_cell(l.name), text_cell(l.op + (l.relu ? ", ReLU" : "")), text_cell(shape_text(l)),
         text_cell(l.output.empty() ? "as its input" : l.output), has ? count_cell(l.weights) : text_cell("-"),
         has ? count_cell(l.zero_weights) : text_cell("-"), has ? count_cell(l.weight_bits) : text_cell("-"),
         has ? count_cell(l.signed_digits) : text_cell("-")});
  }
  return table;
}

std::string totals(const std::vector<LayerSummary>& layers) {
  std::int64_t weights = 0;
  std::int64_t zero = 0;
  std::int64_t digits = 0;
  for (const LayerSummary& layer : layers) {
    weights += layer.weights;
    zero += layer.zero_weights;
    digits += layer.signed_digits;
  }
  return fmt::format("{} weights, {} of them zero, {} non-zero signed digits in all.",
                     number_text(static_cast<double>(weights)), number_text(static_cast<double>(zero)),
                     number_text(static_cast<double>(digits)));
}

}  // namespace

Section network_section(const std::vector<Run>& runs) {
  Section section{"network", "Network, layer by layer", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Json* network = runs[i].body(path);
    if (network == nullptr) {
      section.blocks.push_back(missing(path));
      continue;
    }
    const std::string where = runs[i].name + "/" + path;
    const std::vector<LayerSummary> layers = summarise_network(*network, where);
    const std::string name = in_run(runs, runs[i], json_get<std::string>(*network, "name", where));
    section.blocks.push_back(Drawing{fmt::format("network-{}", i),
                                     name + ": what every layer hands on, drawn to scale. Formats: u4.4 is unsigned "
                                            "with 4 bits, all of them behind the "
                                            "point; s8.6 is signed with 8 bits, 6 of them behind the point.",
                                     draw_network(layers)});
    section.blocks.push_back(Paragraph{name + ": " + totals(layers)});
    section.blocks.push_back(
        layer_table(layers, fmt::format("layers-{}", i),
                    name + ": layers of the firmware's network. Every non-zero signed digit of a weight "
                           "is one addition or subtraction before common terms are shared."));
  }
  return section;
}

}  // namespace lutra
