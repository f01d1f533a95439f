#include <fmt/format.h>

#include <algorithm>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/pareto.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/sections.h"

namespace lutra {
namespace {

constexpr double drawn_devices = 10;  // what needs more than so many devices would squeeze the plot

/// What the plots are made of: the points, and what keeps the objects alive that they point to.
struct Front {
  std::vector<SeedAverage> averages;
  std::vector<ParetoPoint> points;
  std::vector<bool> on;
  std::string where;
};

/// The student of metrics.json with its synthesised firmware.
void add_firmware_student(const Run& run, std::vector<ParetoPoint>& points) {
  const Json* metrics = run.body("metrics.json");
  const Json* synth = run.body("synth.json");
  if (metrics == nullptr || synth == nullptr || !metrics->contains("student")) return;
  const std::string where = run.name + "/metrics.json";
  const Json& student = object_at(*metrics, "student", where);
  const auto plateau = maybe_number(student, "plateau", where);
  const auto lut = maybe_number(*synth, "lut", run.name + "/synth.json");
  if (plateau && lut && *lut > 0)
    points.push_back({"Student in firmware", "student in firmware", *lut, *plateau, true, &student});
}

/// Those of pareto.json. The chosen one is in networks.json too, then with its synthesised LUTs: it is kept once.
void add_learned(const Run& run, std::vector<ParetoPoint>& points) {
  const Json* body = run.body("pareto.json");
  if (body == nullptr) return;
  std::vector<ParetoPoint> learned = pareto_points(*body, run.name + "/pareto.json");
  const auto same = std::ranges::find(points, "learned precision", &ParetoPoint::kind);
  if (same != points.end()) {
    same->chosen = true;
    std::erase_if(learned, [](const ParetoPoint& p) { return p.chosen; });
  }
  points.insert(points.end(), learned.begin(), learned.end());
}

Front front_of(const Run& run) {
  Front front{average_over_seeds(study_networks({run})), {}, {}, run.name};
  front.points = network_points(front.averages);
  add_learned(run, front.points);
  if (!front.points.empty()) add_firmware_student(run, front.points);
  front.on = on_front(front.points);
  return front;
}

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
  for (std::size_t i = 0; i < front.points.size(); ++i) {
    const ParetoPoint& p = front.points[i];
    if (only_best && !front.on[i] && !p.chosen) continue;
    table.rows.push_back(
        {text_cell(p.name), text_cell(p.kind), number_cell(p.cost), fraction_cell(*p.entry, "plateau", front.where, 2),
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

constexpr const char* caption =
    "Plateau against cost of every network of the study, means over seeds; bars: 68 % intervals with the spread of the "
    "seeds. Left and up is better. Large and on the line: no other network is better in both. Ringed: the chosen "
    "networks, the student in firmware (the published student's architecture), and the ends of the front. LUT by Yosys "
    "where the firmware was synthesised, else by the compiler's cost model; what needs more than ten devices is left "
    "out. The plateau alone does not tell of fakes and low momenta: see the table and the trigger rate.";

}  // namespace

Section pareto_section(const std::vector<Run>& runs) {
  Section section{"pareto", "Physics against cost", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Front front = front_of(runs[i]);
    if (front.points.empty()) continue;
    section.blocks.push_back(
        Figure{fmt::format("pareto-{}", i), in_run(runs, runs[i], caption), plot("pareto", point_rows(front))});
    section.blocks.push_back(point_table(front, fmt::format("pareto-table-{}", i), true));
    section.blocks.push_back(point_table(front, fmt::format("pareto-all-{}", i), false));
  }
  if (Table seeds = seed_table(runs); !seeds.rows.empty()) section.blocks.push_back(std::move(seeds));
  return section;
}

}  // namespace lutra
