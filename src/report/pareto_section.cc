#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/pareto.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

Json point_rows(const std::vector<ParetoPoint>& points, const std::vector<bool>& front, const std::string& where) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Bounds bounds = maybe_bounds(*points[i].entry, "plateau_interval", where);
    rows.push_back({{"series", points[i].kind},
                    {"front", front[i] ? "on the front" : "beaten"},
                    {"name", points[i].name},
                    {"cost", points[i].cost},
                    {"value", points[i].value},
                    {"lo", or_null(bounds.lo)},
                    {"hi", or_null(bounds.hi)},
                    {"fake_rate", or_null(maybe_number(*points[i].entry, "fake_rate", where))}});
  }
  return rows;
}

Table front_table(const std::vector<ParetoPoint>& points, const std::vector<bool>& front, const std::string& id,
                  const std::string& where) {
  Table table{id,
              "Networks that no other beats in cost and plateau, and the chosen ones.",
              {{"network", ""},
               {"kind", ""},
               {"cost", "LUT"},
               {"plateau", ""},
               {"fake rate", ""},
               {"leakage below 7 GeV", ""},
               {"chosen", ""}},
              {}};
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!front[i] && !points[i].chosen) continue;
    const Json& entry = *points[i].entry;
    table.rows.push_back({text_cell(points[i].name), text_cell(points[i].kind), number_cell(points[i].cost),
                          fraction_cell(entry, "plateau", where), fraction_cell(entry, "fake_rate", where, 2),
                          fraction_cell(entry, "leakage_below_7gev", where, 2),
                          text_cell(points[i].chosen ? "yes" : "")});
  }
  return table;
}

}  // namespace

Section pareto_section(const std::vector<Run>& runs) {
  Section section{"pareto", "Physics against cost", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::vector<SeedAverage> averages = average_over_seeds(study_networks({runs[i]}));
    std::vector<ParetoPoint> points = network_points(averages);
    const std::string where = runs[i].name;
    if (const Json* body = runs[i].body("pareto.json")) {
      const std::vector<ParetoPoint> learned = pareto_points(*body, where + "/pareto.json");
      points.insert(points.end(), learned.begin(), learned.end());
    }
    if (points.empty()) continue;
    const std::vector<bool> front = on_front(points);
    section.blocks.push_back(Figure{fmt::format("pareto-{}", i),
                                    in_run(runs, runs[i],
                                           "Plateau against cost of every network of the study, seeds averaged. Large: "
                                           "no other network is better in both. Left and up is better. LUT by Yosys "
                                           "where the firmware was synthesised, else by the compiler's cost model."),
                                    plot("pareto", point_rows(points, front, where))});
    section.blocks.push_back(front_table(points, front, fmt::format("pareto-table-{}", i), where));
  }
  return section;
}

}  // namespace lutra
