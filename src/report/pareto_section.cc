#include <algorithm>
#include <numeric>
#include <set>

#include "report/cells.h"
#include "report/fields.h"
#include "report/headline.h"
#include "report/html.h"
#include "report/pareto.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/sections.h"
#include "report/turn_on_rows.h"

namespace lutra {
namespace {

constexpr double drawn_devices = 10;  // what needs more than so many devices would squeeze the plot

/// The labels of the points.
struct Marks {
  std::vector<std::string> names;  // "": none
  std::size_t above = 0;           // whose label stands above the point, the others' below
};

/// Of the chosen networks, and of the cheapest and dearest of the front, teachers aside.
Marks marks(const Front& front) {
  Marks marks{std::vector<std::string>(front.points.size()), front.points.size()};
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < front.points.size(); ++i) {
    if (front.points[i].chosen) marks.names[i] = front.points[i].name;
    if (front.on[i] && front.points[i].kind != "teacher") own.push_back(i);
  }
  if (own.empty()) return marks;
  const auto cost = [&](std::size_t i) { return front.points[i].cost; };
  marks.above = *std::ranges::max_element(own, {}, cost);
  for (const std::size_t end : {*std::ranges::min_element(own, {}, cost), marks.above})
    marks.names[end] = front.points[end].name;
  return marks;
}

Json point_rows(const Front& front) {
  Json rows = Json::array();
  const Marks labels = marks(front);
  for (std::size_t i = 0; i < front.points.size(); ++i) {
    const ParetoPoint& p = front.points[i];
    if (p.cost > drawn_devices * device().at("lut").get<double>()) continue;
    const Bounds bounds = maybe_bounds(*p.entry, "plateau_interval", front.where);
    rows.push_back({{"series", p.kind},
                    {"front", front.on[i] ? "on the front" : "beaten"},
                    {"name", p.name},
                    {"mark", labels.names[i]},
                    {"above", i == labels.above},
                    {"cost", p.cost},
                    {"value", p.value},
                    {"lo", or_null(bounds.lo)},
                    {"hi", or_null(bounds.hi)},
                    {"fake_rate", or_null(maybe_number(*p.entry, "fake_rate", front.where))}});
  }
  return rows;
}

std::vector<std::size_t> by_cost(const std::vector<ParetoPoint>& points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return points[i].cost; });
  return order;
}

Cell cost_cell(const ParetoPoint& p) { return {count_text(p.cost, p.estimated), p.cost, {}, {}}; }

Table point_table(const Front& front, const std::string& id, bool only_best) {
  Table table{id,
              only_best ? "Networks that no other beats in cost and plateau, and the chosen ones."
                        : "Every network of the plot, beaten or not",
              {{"network", ""},
               {"kind", ""},
               {"cost", "LUT"},
               {"plateau", ""},
               {"fake rate", ""},
               {"leakage below 7 GeV", ""},
               {"chosen", ""}},
              {}};
  table.folded = !only_best;
  for (const std::size_t i : by_cost(front.points)) {
    const ParetoPoint& p = front.points[i];
    if (only_best && !front.on[i] && !p.chosen) continue;
    table.rows.push_back(
        {text_cell(p.name), text_cell(p.kind), cost_cell(p), fraction_cell(*p.entry, "plateau", front.where, 2),
         fraction_cell(*p.entry, "fake_rate", front.where, 2),
         fraction_cell(*p.entry, "leakage_below_7gev", front.where, 2), text_cell(p.chosen ? "yes" : "")});
  }
  return table;
}

/// Every single network as it was trained, for those who want to look behind the means.
Table seed_table(const std::vector<Run>& runs) {
  Table table{"networks-table",
              "Every network of the study, seed by seed",
              {{"network", ""},
               {"seed", ""},
               {"plateau", ""},
               {"fake rate", ""},
               {"below 7 GeV", ""},
               {"pT resolution", ""},
               {"eta resolution", ""},
               {"LUT", ""}},
              {}};
  table.folded = true;
  for (const StudyNetwork& n : study_networks(runs)) {
    if (n.metrics == nullptr) continue;
    table.rows.push_back(
        {text_cell(n.name), n.seed ? number_cell(*n.seed) : text_cell("-"),
         fraction_cell(*n.metrics, "plateau", n.where), fraction_cell(*n.metrics, "fake_rate", n.where, 2),
         fraction_cell(*n.metrics, "leakage_below_7gev", n.where, 2),
         estimate_cell(*n.metrics, "pt_resolution", n.where), estimate_cell(*n.metrics, "eta_resolution", n.where),
         number_cell(n.hardware == nullptr ? std::nullopt : maybe_number(*n.hardware, "lut", n.where))});
  }
  return table;
}

/// Those to look at closer: the best of ours, the smallest, and the chosen.
std::set<std::string> shown_of_ours(const std::vector<Measured>& all, const Front& front) {
  std::set<std::string> names;
  for (const Measured* m : {best_of_ours(all), smallest_of_ours(all)})
    if (m != nullptr) names.insert(m->name);
  for (const ParetoPoint& p : front.points)
    if (p.chosen) names.insert(p.name);
  return names;
}

/// Turn-on curves of our networks beside the student in firmware and the reference triggers.
void add_our_turn_ons(Section& section, const std::vector<Run>& runs, const Front& front) {
  const std::vector<Measured> all = everything_measured(runs);
  const Measured* best = best_of_ours(all);
  if (best == nullptr) return;
  const std::set<std::string> ours = shown_of_ours(all, front);
  Json rows = Json::array();
  for (const Measured& m : all)
    if (m.metrics != nullptr &&
        (m.group == firmware_group || m.group == references_group || (m.group == ours_group && ours.contains(m.name))))
      add_turn_on(rows, m.name, *m.metrics, m.where);
  section.blocks.push_back(
      turn_on_figure("turn-on-ours",
                     "The smallest, the best and the chosen of Lutra's networks, means over seeds, beside the student "
                     "in firmware and the reference triggers. The fit knows which hits are the muon's.",
                     std::move(rows), json_get<double>(*best->metrics, "threshold_gev", best->where)));
}

constexpr const char* caption =
    "Plateau against cost of every network of the study, means over seeds; bars: 68 % intervals with the spread of the "
    "seeds. Left and up is better. Large and on the line: no other network is better in both. Ringed: the chosen "
    "networks, the student in firmware (the published student's architecture), and the ends of the front. LUT by Yosys "
    "where the firmware was synthesised, else by the compiler's cost model; what needs more than ten devices is left "
    "out. The plateau alone does not tell of fakes and low momenta: see the table and the trigger rate.";

}  // namespace

Section pareto_section(const std::vector<Run>& runs) {
  Section section{"pareto", "Physics against cost", {}};
  const Front front = front_of(runs.front());
  if (!front.points.empty()) {
    section.blocks.push_back(Figure{"plateau-cost", caption, plot("pareto", point_rows(front))});
    section.blocks.push_back(point_table(front, "pareto-table", true));
    section.blocks.push_back(point_table(front, "pareto-all", false));
  }
  add_our_turn_ons(section, runs, front);
  if (Table seeds = seed_table(runs); !seeds.rows.empty()) section.blocks.push_back(std::move(seeds));
  return section;
}

}  // namespace lutra
