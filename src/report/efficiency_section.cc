#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/sections.h"
#include "report/turn_on_rows.h"

namespace lutra {
namespace {

Table efficiency_table(const std::vector<Algorithm>& list) {
  Table table{
      "efficiency-table",
      "Accepted fractions at the threshold, below each its Clopper-Pearson interval (68 % unless the study file says "
      "otherwise). Muons count inside the acceptance, as in the published sample, which begins at eta 0.08. Only any "
      "eta counts those that point past the chambers, too. The study asks for a fake rate below 2 %. Half contained: "
      "muons with at least half of their hits in the window.",
      {{"algorithm", ""},
       {"plateau, 15-20 GeV", ""},
       {"plateau, any eta", ""},
       {"fake rate", ""},
       {"leakage below 7 GeV", ""},
       {"half contained", ""}},
      {}};
  for (const Algorithm& a : list)
    table.rows.push_back({text_cell(a.label), fraction_cell(*a.metrics, "plateau", a.where),
                          fraction_cell(*a.metrics, "plateau_all_eta", a.where),
                          fraction_cell(*a.metrics, "fake_rate", a.where, 2),
                          fraction_cell(*a.metrics, "leakage_below_7gev", a.where, 2),
                          fraction_cell(*a.metrics, "half_contained", a.where)});
  return table;
}

}  // namespace

Section efficiency_section(const std::vector<Run>& runs) {
  Section section{"efficiency", "Efficiency and fakes", {}};
  const std::vector<Algorithm> list = algorithms(runs);
  if (list.empty()) {
    section.blocks.push_back(missing("metrics.json"));
    return section;
  }
  Json rows = Json::array();
  for (const Algorithm& a : list) add_turn_on(rows, a.label, *a.metrics, a.where);
  add_published_turn_on(rows);
  const double threshold = json_get<double>(*list.front().metrics, "threshold_gev", list.front().where);
  section.blocks.push_back(turn_on_figure("turn-on",
                                          "Turn-on curves" + counts_text(list) +
                                              ". The published curve was read from the study's figure; it has no "
                                              "errors. Its sample begins at eta 0.08, so it compares with muons inside "
                                              "the acceptance.",
                                          std::move(rows), threshold));
  section.blocks.push_back(efficiency_table(list));
  return section;
}

}  // namespace lutra
