#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

constexpr const char* path = "rtl/design.json";

bool shown(const Json& value) { return value.is_number() || value.is_string(); }

/// A list of objects as a table, one column per key of the first whose value is a number or a text.
Table list_table(const Json& list, const std::string& id, const std::string& caption) {
  Table table{id, caption, {}, {}};
  std::vector<std::string> keys;
  for (const auto& [key, value] : list.front().items()) {
    if (!shown(value)) continue;
    keys.push_back(key);
    table.columns.push_back({label_of(key), ""});
  }
  for (const Json& item : list) {
    std::vector<Cell> cells;
    for (const std::string& key : keys) {
      const Json entry = item.is_object() ? item.value(key, Json(nullptr)) : Json(nullptr);
      cells.push_back(entry.is_number()   ? number_cell(entry.get<double>(), 4)
                      : entry.is_string() ? text_cell(entry.get<std::string>())
                                          : text_cell("-"));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Figure stage_figure(const std::string& id, const std::string& name, const std::vector<double>& delays_ns,
                    double clock_ns) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < delays_ns.size(); ++i) rows.push_back({{"stage", i + 1}, {"delay_ns", delays_ns[i]}});
  Json spec = plot("stages", std::move(rows));
  spec["layer"][1]["encoding"]["y"]["datum"] = clock_ns;
  return {
      id,
      name +
          ": estimated delay of every pipeline stage. Dashed: the clock period. Not calibrated against a vendor run.",
      std::move(spec)};
}

/// How far the instant estimate was from synthesis.
std::string comparison(const Json& cost, const Json* synth, const std::string& where) {
  const auto estimated = maybe_number(cost, "lut", where);
  const auto measured = synth == nullptr ? std::nullopt : maybe_number(*synth, "lut", where);
  if (!estimated) return "";
  if (!measured || *measured == 0) return fmt::format("Estimate: {} LUT.", number_text(*estimated));
  return fmt::format("Estimate: {} LUT; synthesis: {} LUT; the estimate is off by {:+.1f} %.", number_text(*estimated),
                     number_text(*measured), 100 * (*estimated / *measured - 1));
}

void add_run(Section& section, const std::vector<Run>& runs, std::size_t i) {
  const Json* design = runs[i].body(path);
  if (design == nullptr) {
    section.blocks.push_back(missing(path));
    return;
  }
  const std::string where = runs[i].name + "/" + path;
  const Json& cost = object_at(*design, "cost", where);
  const std::string name = in_run(runs, runs[i], "Compiler");
  if (const std::string text = comparison(cost, runs[i].body("synth.json"), where); !text.empty())
    section.blocks.push_back(Paragraph{in_run(runs, runs[i], text)});
  const auto clock_ns = maybe_number(*design, "clock_ns", where);
  if (cost.contains("stage_delay_ns") && clock_ns)
    section.blocks.push_back(stage_figure(fmt::format("stages-{}", i), name,
                                          json_get<std::vector<double>>(cost, "stage_delay_ns", where), *clock_ns));
  for (const auto& [key, list] : cost.items())
    if (list.is_array() && !list.empty() && list.front().is_object())
      section.blocks.push_back(
          list_table(list, fmt::format("cost-{}-{}", i, section.blocks.size()), name + ": estimates by " + key + "."));
}

}  // namespace

Section estimate_section(const std::vector<Run>& runs) {
  Section section{"estimates", "Cost by layer and stage", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) add_run(section, runs, i);
  return section;
}

}  // namespace lutra
