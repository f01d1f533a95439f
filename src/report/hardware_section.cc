#include <fmt/format.h>

#include <algorithm>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/measured.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/resources.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// One network with known hardware.
struct HardwareRow {
  std::string name;
  const char* group;
  const Json* numbers;
  std::string where;
  std::shared_ptr<const Json> own = {};  // what numbers point to, when it is in no file
};

std::vector<HardwareRow> hardware_rows(const std::vector<Run>& runs) {
  std::vector<HardwareRow> rows;
  for (const Measured& m : everything_measured(runs))
    if (m.hardware != nullptr) rows.push_back({m.name, "Lutra", m.hardware, m.hardware_where, m.own_hardware});
  for (const Json& row : published().at("hardware"))
    rows.push_back({row["name"].get<std::string>(), "published", &row, "published.json"});
  return rows;
}

Table resource_table(const std::vector<HardwareRow>& rows) {
  Table table{
      "resources-table",
      fmt::format("Resources and latency, in brackets the share of an {}. Published rows: {}; {}. Ours: open-source "
                  "synthesis for UltraScale+, out of context, before placement. BRAM in units of 18 kbit. Interval: "
                  "cycles between two events.",
                  device().at("name").get<std::string>(), published().at("source").get<std::string>(),
                  published().at("device").get<std::string>()),
      resource_columns(),
      {}};
  for (const HardwareRow& row : rows) {
    table.rows.push_back({text_cell(row.name)});
    for (Cell& cell : resource_cells(*row.numbers, row.where)) table.rows.back().push_back(std::move(cell));
  }
  return table;
}

/// "61 times": how many times fewer LUTs than the published teacher.
Table compression_table(const std::vector<HardwareRow>& rows) {
  const Json& teacher = published().at("hardware").front();
  Table table{"compression-table",
              "How many times smaller than the published teacher, which itself does not fit (258 % of the DSPs).",
              {{"network", ""}, {"LUT", "times"}, {"FF", "times"}, {"latency", "times"}},
              {}};
  for (const HardwareRow& row : rows) {
    const auto times = [&](std::optional<double> large, std::optional<double> small) {
      return number_cell(large && small && *small > 0 ? std::optional(*large / *small) : std::nullopt);
    };
    table.rows.push_back({text_cell(row.name),
                          times(maybe_number(teacher, "lut", ""), maybe_number(*row.numbers, "lut", row.where)),
                          times(maybe_number(teacher, "ff", ""), maybe_number(*row.numbers, "ff", row.where)),
                          times(latency_ns(teacher, ""), latency_ns(*row.numbers, row.where))});
  }
  return table;
}

/// LUT or latency of everything that has it, as bars.
Figure bars(const std::vector<HardwareRow>& hardware, bool latency) {
  Json rows = Json::array();
  double longest = 0;
  for (const HardwareRow& row : hardware) {
    const auto value = latency ? latency_ns(*row.numbers, row.where) : maybe_number(*row.numbers, "lut", row.where);
    if (!value) continue;
    rows.push_back({{"name", row.name}, {"group", row.group}, {"value", *value}, {"label", number_text(*value)}});
    longest = std::max(longest, *value);
  }
  Json spec = plot("bars", std::move(rows));
  Json& x = spec["layer"][0]["encoding"]["x"];
  x["title"] = latency ? "latency [ns]" : "LUT";
  x["scale"] = {{"domain", {0, 1.3 * longest}}, {"nice", false}};  // room for the label of the longest bar
  return {latency ? "latency-bars" : "lut-bars",
          latency ? "Latency from the first input to the output. The study's limit is 400 ns." : "Look-up tables used.",
          std::move(spec)};
}

Table lut_sizes(const HardwareRow& row, const std::string& id) {
  Table table{id, row.name + ": look-up tables by number of inputs.", {{"inputs", ""}, {"LUT", ""}}, {}};
  if (!row.numbers->contains("lut_by_size")) return table;
  for (const auto& [size, count] : object_at(*row.numbers, "lut_by_size", row.where).items())
    if (count.is_number()) table.rows.push_back({text_cell(size), number_cell(count.get<double>())});
  return table;
}

}  // namespace

Section hardware_section(const std::vector<Run>& runs) {
  Section section{"hardware", "Hardware", {}};
  for (const Run& run : runs)
    if (run.body("synth.json") == nullptr) section.blocks.push_back(missing("synth.json"));
  const std::vector<HardwareRow> rows = hardware_rows(runs);
  section.blocks.push_back(resource_table(rows));
  section.blocks.push_back(bars(rows, false));
  section.blocks.push_back(bars(rows, true));
  section.blocks.push_back(compression_table(rows));
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (Table sizes = lut_sizes(rows[i], fmt::format("lut-sizes-{}", i)); !sizes.rows.empty())
      section.blocks.push_back(std::move(sizes));
  return section;
}

}  // namespace lutra
