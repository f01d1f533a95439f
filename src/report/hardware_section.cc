#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/sections.h"

namespace lutra {
namespace {

constexpr std::array resources = {"lut", "ff", "dsp", "bram"};

/// "29,500 (1.71 %)": a count and its share of the device.
Cell resource_cell(const Json& row, const char* resource, const std::string& where) {
  const std::optional<double> count = maybe_number(row, resource, where);
  if (!count) return text_cell("-");
  const double share = *count / device().at(resource).get<double>();
  if (*count == 0) return number_cell(count);
  return {fmt::format("{} ({} %)", number_text(*count), number_text(100 * share, 2)), count, {}, {}};
}

std::optional<double> latency_ns(const Json& row, const std::string& where) {
  if (const auto given = maybe_number(row, "latency_ns", where)) return given;
  const auto cycles = maybe_number(row, "latency_cycles", where);
  const auto clock = maybe_number(row, "clock_ns", where);
  return cycles && clock ? std::optional(*cycles * *clock) : std::nullopt;
}

std::vector<Cell> table_row(const std::string& name, const Json& row, const std::string& flow,
                            const std::string& where) {
  std::vector<Cell> cells = {text_cell(name)};
  for (const char* resource : resources) cells.push_back(resource_cell(row, resource, where));
  cells.push_back(number_cell(maybe_number(row, "latency_cycles", where)));
  cells.push_back(number_cell(latency_ns(row, where)));
  cells.push_back(number_cell(maybe_number(row, "interval_cycles", where)));
  cells.push_back(text_cell(flow));
  return cells;
}

struct Ours {
  std::string name;
  const Json* synth;
  std::string where;
};

std::vector<Ours> synthesised(const std::vector<Run>& runs) {
  std::vector<Ours> list;
  for (const Run& run : runs)
    if (const Json* synth = run.body("synth.json"))
      list.push_back({in_run(runs, run, "Lutra student"), synth, run.name + "/synth.json"});
  return list;
}

Table resource_table(const std::vector<Ours>& ours) {
  Table table{
      "resources-table",
      fmt::format("Resources and latency, in brackets the share of an {}. Published rows: {}; vendor flow, {}. Ours: "
                  "open-source synthesis for UltraScale+, out of context, before placement. BRAM in units of 18 kbit. "
                  "Interval: cycles between two events.",
                  device().at("name").get<std::string>(), published().at("source").get<std::string>(),
                  published().at("device").get<std::string>()),
      {{"network", ""},
       {"LUT", ""},
       {"FF", ""},
       {"DSP", ""},
       {"BRAM", ""},
       {"latency", "cycles"},
       {"latency", "ns"},
       {"interval", "cycles"},
       {"flow", ""}},
      {}};
  for (const Ours& row : ours) table.rows.push_back(table_row(row.name, *row.synth, "yosys", row.where));
  for (const Json& row : published().at("hardware"))
    table.rows.push_back(
        table_row(row["name"].get<std::string>(), row, row["flow"].get<std::string>(), "published.json"));
  return table;
}

/// LUT and latency of everything that has them, as bars.
Figure bars(const std::vector<Ours>& ours, bool latency) {
  Json rows = Json::array();
  const auto add = [&](const std::string& name, const char* group, const Json& row, const std::string& where) {
    const auto value = latency ? latency_ns(row, where) : maybe_number(row, "lut", where);
    if (value) rows.push_back({{"name", name}, {"group", group}, {"value", *value}, {"label", number_text(*value)}});
  };
  for (const Ours& row : ours) add(row.name, "Lutra", *row.synth, row.where);
  for (const Json& row : published().at("hardware"))
    add(row["name"].get<std::string>(), "published", row, "published.json");
  Json spec = plot("bars", std::move(rows));
  double longest = 0;
  for (const Json& row : spec["data"]["values"]) longest = std::max(longest, row["value"].get<double>());
  Json& x = spec["layer"][0]["encoding"]["x"];
  x["title"] = latency ? "latency [ns]" : "LUT";
  x["scale"] = {{"domain", {0, 1.18 * longest}}, {"nice", false}};  // room for the label of the longest bar
  return {latency ? "latency-bars" : "lut-bars",
          latency ? "Latency from the first input to the output. The study's limit is 400 ns." : "Look-up tables used.",
          std::move(spec)};
}

Table lut_sizes(const Ours& row, std::size_t index) {
  Table table{fmt::format("lut-sizes-{}", index),
              row.name + ": look-up tables by number of inputs.",
              {{"size", ""}, {"count", ""}},
              {}};
  if (!row.synth->contains("lut_by_size")) return table;
  for (const auto& [size, count] : object_at(*row.synth, "lut_by_size", row.where).items())
    if (count.is_number()) table.rows.push_back({text_cell(size), number_cell(count.get<double>())});
  return table;
}

/// A list of objects as a table, one column per key whose values are numbers or texts.
Table list_table(const Json& list, const std::string& id, const std::string& caption) {
  Table table{id, caption, {}, {}};
  for (const auto& [key, value] : list.front().items())
    if (value.is_number() || value.is_string()) table.columns.push_back({label_of(key), ""});
  for (const Json& item : list) {
    std::vector<Cell> cells;
    for (const auto& [key, value] : list.front().items()) {
      if (!value.is_number() && !value.is_string()) continue;
      const Json entry = item.is_object() ? item.value(key, Json(nullptr)) : Json(nullptr);
      cells.push_back(entry.is_number()   ? number_cell(entry.get<double>(), 4)
                      : entry.is_string() ? text_cell(entry.get<std::string>())
                                          : text_cell("-"));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// The compiler's own estimate: every list of objects in design.json's "cost" (by layer, by pipeline stage).
void add_estimates(Section& section, const std::vector<Run>& runs, std::size_t run) {
  const Json* design = runs[run].body("rtl/design.json");
  if (design == nullptr) {
    section.blocks.push_back(missing("rtl/design.json"));
    return;
  }
  for (const auto& [key, list] : object_at(*design, "cost", runs[run].name + "/rtl/design.json").items())
    if (list.is_array() && !list.empty() && list.front().is_object())
      section.blocks.push_back(list_table(list, fmt::format("cost-{}-{}", run, section.blocks.size()),
                                          in_run(runs, runs[run], "Compiler's estimate: " + label_of(key) + ".")));
}

}  // namespace

Section hardware_section(const std::vector<Run>& runs) {
  Section section{"hardware", "Hardware", {}};
  const std::vector<Ours> ours = synthesised(runs);
  for (const Run& run : runs)
    if (run.body("synth.json") == nullptr) section.blocks.push_back(missing("synth.json"));
  section.blocks.push_back(resource_table(ours));
  section.blocks.push_back(bars(ours, false));
  section.blocks.push_back(bars(ours, true));
  for (std::size_t i = 0; i < ours.size(); ++i)
    if (Table sizes = lut_sizes(ours[i], i); !sizes.rows.empty()) section.blocks.push_back(std::move(sizes));
  for (std::size_t run = 0; run < runs.size(); ++run) add_estimates(section, runs, run);
  return section;
}

}  // namespace lutra
