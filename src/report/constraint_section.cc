#include <fmt/format.h>

#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/measured.h"
#include "report/published.h"
#include "report/resources.h"
#include "report/sections.h"

namespace lutra {
namespace {

double limit(const char* name) { return published().at("limits").at(name).get<double>(); }

/// One constraint of one network: nothing when it is not known.
struct Constraint {
  std::optional<bool> passes;
  std::string detail;
};

Constraint occupancy(const Json* hardware, const std::string& where) {
  if (hardware == nullptr) return {};
  const auto fits = fits_device(*hardware, where);
  const auto lut = maybe_number(*hardware, "lut", where);
  return {fits, lut ? count_cell(*hardware, "lut", where).text + " LUT" : ""};
}

Constraint latency(const Json* hardware, const std::string& where) {
  const auto ns = hardware == nullptr ? std::nullopt : latency_ns(*hardware, where);
  if (!ns) return {};
  return {*ns < limit("latency_ns"), number_text(*ns, 2) + " ns"};
}

Constraint fakes(const Json* metrics, const std::string& where) {
  const auto rate = metrics == nullptr ? std::nullopt : maybe_number(*metrics, "fake_rate", where);
  if (!rate) return {};
  return {*rate < limit("fake_rate"), number_text(100 * *rate, 2) + " %"};
}

Cell check_cell(const Constraint& check) {
  if (!check.passes) return text_cell("not known");
  return text_cell((*check.passes ? "yes" : "NO") + (check.detail.empty() ? "" : ", " + check.detail));
}

std::vector<Cell> row(const Measured& m) {
  const Constraint checks[] = {occupancy(m.hardware, m.hardware_where), latency(m.hardware, m.hardware_where),
                               fakes(m.metrics, m.where)};
  std::vector<Cell> cells = {text_cell(m.name)};
  bool known = true;
  bool all = true;
  for (const Constraint& check : checks) {
    cells.push_back(check_cell(check));
    known = known && check.passes.has_value();
    all = all && check.passes.value_or(true);
  }
  cells.push_back(text_cell(!all ? "NO" : known ? "yes" : "not known"));
  return cells;
}

}  // namespace

Section constraint_section(const std::vector<Run>& runs) {
  Section section{"constraints", "Constraints at a glance", {}};
  Table table{
      "constraints-table",
      fmt::format("The study's three constraints: fits the {}, latency below {} ns, fake rate below {}. Reference "
                  "triggers without known hardware are left out. The published 4-bit student's fake rate was measured "
                  "on the network its authors released.",
                  device().at("name").get<std::string>(), number_text(limit("latency_ns")),
                  percent_text(limit("fake_rate"), 0)),
      {{"network", ""}, {"fits", ""}, {"latency", ""}, {"fakes", ""}, {"passes", ""}},
      {}};
  std::vector<Measured> list = everything_measured(runs);
  std::erase_if(list, [](const Measured& m) { return m.group == references_group && m.hardware == nullptr; });
  for (const Json& entry : published().at("hardware"))
    list.push_back({entry["name"].get<std::string>(), published_group, "", "", &entry, &entry, "published.json",
                    "published.json"});
  for (const Measured& m : list) {
    table.rows.push_back(row(m));
    table.groups.push_back(m.group);
  }
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace lutra
