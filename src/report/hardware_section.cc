#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/edited.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/measured.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/resources.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// Everything with known hardware, the published rows last.
std::vector<Measured> hardware_rows(const std::vector<Run>& runs) {
  std::vector<Measured> rows = everything_measured(runs);
  std::erase_if(rows, [](const Measured& m) { return m.hardware == nullptr; });
  for (const Json& row : published().at("hardware")) {
    Measured measured;
    measured.name = row["name"].get<std::string>();
    measured.group = published_group;
    measured.hardware = &row;
    measured.hardware_where = "published.json";
    rows.push_back(std::move(measured));
  }
  return rows;
}

Table resource_table(const std::vector<Measured>& rows) {
  Table table{
      "resources-table",
      fmt::format(
          "Resources, below each its share of an {}, and latency with its clock cycles. Published: {}; {}. "
          "Yosys: ours, synthesised for UltraScale+ out of context, not placed, latency at the clock the "
          "pipeline was made for by the delay model. Estimate: the compiler's cost model (teachers: LUT per bit "
          "operation), mean of the seeds. BRAM in units of 18 kbit. Interval: cycles between two events.",
          device().at("name").get<std::string>(), published().at("source").get<std::string>(),
          published().at("device").get<std::string>()),
      resource_columns(),
      {}};
  for (const Measured& row : rows) {
    table.rows.push_back({text_cell(row.name)});
    table.groups.push_back(row.group);
    for (Cell& cell : resource_cells(*row.hardware, row.hardware_where)) table.rows.back().push_back(std::move(cell));
  }
  return table;
}

/// How many times less than the published teacher.
Table compression_table(const std::vector<Measured>& rows) {
  const Json& teacher = published().at("hardware").front();
  Table table{"compression-table",
              "How many times smaller than the published teacher (9x16, by the vendor's synthesis), which itself does "
              "not fit: it needs 258 % of the DSPs.",
              {{"network", ""}, {"LUT", "times"}, {"FF", "times"}, {"latency", "times"}},
              {}};
  for (const Measured& row : rows) {
    if (row.group == teachers_group) continue;
    const auto times = [&](std::optional<double> large, std::optional<double> small) {
      return number_cell(large && small && *small > 0 ? std::optional(*large / *small) : std::nullopt, 2);
    };
    table.rows.push_back(
        {text_cell(row.name),
         times(maybe_number(teacher, "lut", ""), maybe_number(*row.hardware, "lut", row.hardware_where)),
         times(maybe_number(teacher, "ff", ""), maybe_number(*row.hardware, "ff", row.hardware_where)),
         times(latency_ns(teacher, ""), latency_ns(*row.hardware, row.hardware_where))});
    table.groups.push_back(row.group);
  }
  return table;
}

/// LUT or latency of everything that has it, on a logarithmic axis with the limit.
Figure ranking(const std::vector<Measured>& hardware, bool latency) {
  Json rows = Json::array();
  double least = 1e12, most = 0;
  for (const Measured& row : hardware) {
    const auto value = latency ? latency_ns(*row.hardware, row.hardware_where)
                               : maybe_number(*row.hardware, "lut", row.hardware_where);
    if (!value || *value <= 0) continue;
    rows.push_back(
        {{"name", row.name},
         {"group", row.group == published_group ? "published" : "Lutra"},
         {"value", *value},
         {"label", latency ? number_text(*value, 2) : count_cell(*row.hardware, "lut", row.hardware_where).text}});
    least = std::min(least, *value);
    most = std::max(most, *value);
  }
  Json spec = plot("rank", std::move(rows));
  const double limit =
      latency ? published().at("limits").at("latency_ns").get<double>() : device().at("lut").get<double>();
  Json& x = spec["layer"][0]["encoding"]["x"];
  x["title"] = latency ? "latency [ns]" : "LUT";
  const double span = std::max(most, limit) / least;
  x["scale"] = {
      {"type", "log"}, {"domain", {least / 1.3, least * std::pow(span, 1.25)}}, {"nice", false}};  // for labels
  spec["layer"][2]["encoding"]["x"]["datum"] = limit;
  return {latency ? "latency-ranking" : "lut-ranking",
          latency ? "Latency from the (last) input to the output. Dashed: the study's limit of 400 ns."
                  : "Look-up tables, logarithmic. Dashed: those of the whole device.",
          std::move(spec)};
}

Table lut_sizes(const std::vector<Measured>& rows) {
  Table table{"lut-sizes",
              "Look-up tables by number of inputs, of what was synthesised",
              {{"network", ""}, {"1", ""}, {"2", ""}, {"3", ""}, {"4", ""}, {"5", ""}, {"6", ""}},
              {}};
  table.folded = true;
  for (const Measured& row : rows) {
    if (!row.hardware->contains("lut_by_size")) continue;
    const Json& sizes = object_at(*row.hardware, "lut_by_size", row.hardware_where);
    table.rows.push_back({text_cell(row.name)});
    for (const char* size : {"1", "2", "3", "4", "5", "6"})
      table.rows.back().push_back(number_cell(maybe_number(sizes, size, row.hardware_where), 6));
  }
  return table;
}

}  // namespace

Section hardware_section(const std::vector<Run>& runs) {
  Section section{"hardware", "Hardware", {}};
  for (const Run& run : runs) {
    const Json* synth = run.body("synth.json");
    if (synth == nullptr) section.blocks.push_back(missing("synth.json"));
    const std::string edited = synth == nullptr ? "" : edited_sentence(*synth, run.name + "/synth.json");
    if (!edited.empty()) section.blocks.push_back(Paragraph{in_run(runs, run, edited.substr(1))});
  }
  const std::vector<Measured> rows = hardware_rows(runs);
  section.blocks.push_back(resource_table(rows));
  section.blocks.push_back(ranking(rows, false));
  section.blocks.push_back(ranking(rows, true));
  section.blocks.push_back(compression_table(rows));
  if (Table sizes = lut_sizes(rows); !sizes.rows.empty()) section.blocks.push_back(std::move(sizes));
  return section;
}

}  // namespace lutra
