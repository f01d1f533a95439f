#include <algorithm>

#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/measured.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

struct RateSource {
  const char* key;
  const char* name;
};
constexpr RateSource parts[] = {{"muon_khz", "accepted muons"}, {"fake_khz", "images without a muon"}};

void add_rows(Json& rows, const std::string& name, const Json& rate, const std::string& where) {
  for (const RateSource& part : parts) {
    const auto value = maybe_number(rate, part.key, where);
    const Bounds bounds = maybe_bounds(rate, std::string(part.key) + "_interval", where);
    const bool seen = value && *value > 0;  // else the logarithmic axis has room for the upper limit only
    if (!value || (!seen && bounds.hi.value_or(0) <= 0)) continue;
    // An interval that reaches down to nothing is drawn over a decade.
    const auto lo = bounds.lo && seen ? std::optional(std::max(*bounds.lo, *value / 10)) : std::nullopt;
    rows.push_back({{"name", name},
                    {"series", part.name},
                    {"value", *value},
                    {"limit", !seen},
                    {"lo", or_null(lo)},
                    {"hi", or_null(bounds.hi)}});
  }
}

std::vector<Cell> table_row(const std::string& name, const Json& rate, const std::string& where) {
  const auto muons = maybe_number(rate, "muon_khz", where);
  const auto fakes = maybe_number(rate, "fake_khz", where);
  return {text_cell(name), estimate_cell(rate, "muon_khz", where), estimate_cell(rate, "fake_khz", where),
          number_cell(muons && fakes ? std::optional(*muons + *fakes) : std::nullopt)};
}

/// With the algorithms in this order.
Json rate_plot(Json rows, const Json& names) {
  Json spec = plot("rate", std::move(rows));
  spec["encoding"]["y"]["sort"] = names;
  const Json& values = spec["data"]["values"];
  const auto is_limit = [](const Json& row) { return row["limit"].get<bool>(); };
  if (std::none_of(values.begin(), values.end(), is_limit)) spec["layer"].erase(2);  // the layer of upper limits
  return spec;
}

}  // namespace

Section rate_section(const std::vector<Run>& runs) {
  Section section{"rate", "Trigger rate", {}};
  Json rows = Json::array();
  Json names = Json::array();
  std::optional<double> above;
  Table table{
      "rate-table",
      "Accepted rate at the threshold, with 68 % intervals; students and Lutra's networks: means of their seeds.",
      {{"algorithm", ""}, {"muons", "kHz"}, {"no muon", "kHz"}, {"sum", "kHz"}},
      {}};
  for (const Measured& m : everything_measured(runs)) {
    if (m.metrics == nullptr || !m.metrics->contains("rate")) continue;
    const Json& rate = object_at(*m.metrics, "rate", m.where);
    add_rows(rows, m.name, rate, m.where);
    names.push_back(m.name);
    table.rows.push_back(table_row(m.name, rate, m.where));
    table.groups.push_back(m.group);
    if (!above) above = maybe_number(rate, "true_khz", m.where);
  }
  if (table.rows.empty()) return section;
  section.blocks.push_back(
      Paragraph{"Accepted rate in the barrel at high luminosity: the turn-on curves folded with a falling muon "
                "spectrum, and the fake rate times all images of all bunch crossings (docs/metrics.md). The scale is "
                "an order of magnitude; compare algorithms." +
                (above ? " Muons really above the threshold: " + number_text(*above) + " kHz." : "")});
  if (!rows.empty())
    section.blocks.push_back(Figure{"rates",
                                    "Accepted rate of muons and of images without a muon, with intervals. A hollow "
                                    "triangle: no image without a muon was accepted, the rate is below it.",
                                    rate_plot(std::move(rows), names)});
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace lutra
