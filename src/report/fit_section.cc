#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/sections.h"

namespace lutra {
namespace {

Table tried_table(const Json& body, const std::string& id, const std::string& caption, const std::string& where) {
  Table table{id,
              caption,
              {{"network", ""},
               {"EBOPs", ""},
               {"LUT, estimated", ""},
               {"LUT, Yosys", ""},
               {"latency", "ns"},
               {"plateau", ""},
               {"fake rate", ""},
               {"leakage below 7 GeV", ""},
               {"share of the budget", "1 or less fits"},
               {"chosen", ""}},
              {}};
  for (const Json& entry : list_at(body, "tried", where)) {
    const auto number = [&](const char* key) { return number_cell(maybe_number(entry, key, where)); };
    table.rows.push_back({text_cell(json_get<std::string>(entry, "name", where)), number("ebops"),
                          number("lut_estimate"), number("lut"), number("latency_ns"),
                          fraction_cell(entry, "plateau", where), fraction_cell(entry, "fake_rate", where, 2),
                          fraction_cell(entry, "leakage_below_7gev", where, 2), number("excess"),
                          text_cell(json_get<bool>(entry, "chosen", where) ? "yes" : "")});
  }
  return table;
}

}  // namespace

Section fit_section(const std::vector<Run>& runs) {
  Section section{"fit", "Search within a budget", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Json* body = runs[i].body("fit.json");
    if (body == nullptr) continue;
    const std::string where = runs[i].name + "/fit.json";
    const std::string caption = json_get<bool>(*body, "fits", where)
                                    ? "All networks that lutra fit tried, on validation events."
                                    : "All networks that lutra fit tried, on validation events. None fits the budget.";
    section.blocks.push_back(tried_table(*body, fmt::format("fit-table-{}", i), in_run(runs, runs[i], caption), where));
  }
  return section;
}

}  // namespace lutra
