#include <fmt/format.h>

#include "report/cells.h"
#include "report/fields.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/sections.h"
#include "report/seed_means.h"
#include "report/turn_on_rows.h"

namespace lutra {
namespace {

struct BitsPlot {
  const char* id;
  const char* key;
  const char* axis;
  const char* caption;
};

constexpr BitsPlot bits_plots[] = {
    {"bits-plateau", "plateau", "plateau", "Plateau of the students, 15-20 GeV."},
    {"bits-fakes", "fake_rate", "fake rate", "Fake rate of the students. Dashed: the limit of 2 %."},
    {"bits-leakage", "leakage_below_7gev", "leakage below 7 GeV", "Accepted share of muons below 7 GeV."},
    {"bits-pt", "pt_resolution", "relative pT resolution", "pT resolution of the students."},
    {"bits-eta", "eta_resolution", "eta resolution", "Eta resolution of the students."},
};

Json bits_rows(const std::vector<StudyNetwork>& networks, const std::string& key) {
  Json rows = Json::array();
  for (const StudyNetwork& n : networks) {
    if (n.metrics == nullptr) continue;
    const auto value = maybe_number(*n.metrics, key, n.where);
    if (!value) continue;
    const Bounds bounds = maybe_bounds(*n.metrics, key + "_interval", n.where);
    rows.push_back({{"series", recipe(n)},
                    {"name", n.name},
                    {"bits", n.precision},
                    {"value", *value},
                    {"lo", or_null(bounds.lo)},
                    {"hi", or_null(bounds.hi)}});
  }
  return rows;
}

void add_bits_plots(Section& section, const std::vector<StudyNetwork>& networks) {
  for (const BitsPlot& wanted : bits_plots) {
    Json rows = bits_rows(networks, wanted.key);
    if (rows.empty()) continue;
    Json spec = plot("bits", std::move(rows));
    spec["layer"][0]["encoding"]["y"]["title"] = wanted.axis;
    if (std::string(wanted.key) == "fake_rate") add_limit(spec, published().at("limits").at("fake_rate").get<double>());
    section.blocks.push_back(
        Figure{wanted.id,
               std::string(wanted.caption) +
                   " One point per trained network with its interval, a bar at the mean of equal ones.",
               std::move(spec)});
  }
}

/// Turn-on curves of the networks that `wanted` picks; nothing when there is none.
template <class Wanted>
void add_turn_ons(Section& section, const std::vector<SeedAverage>& averages, const char* id, const char* caption,
                  Wanted wanted) {
  Json rows = Json::array();
  double threshold = 0;
  for (const SeedAverage& average : averages) {
    const StudyNetwork& n = average.network;
    if (n.metrics == nullptr || !wanted(n)) continue;
    threshold = json_get<double>(*n.metrics, "threshold_gev", n.where);
    add_turn_on(rows, n.name, *n.metrics, n.where);
  }
  if (!rows.empty()) section.blocks.push_back(turn_on_figure(id, caption, std::move(rows), threshold));
}

Table network_table(const std::vector<SeedAverage>& averages) {
  Table table{"networks-table",
              "Every network of the study on the same test events. Several seeds: means, with intervals that hold the "
              "statistics of the test events and the spread of the seeds.",
              {{"network", ""},
               {"input", ""},
               {"bits", ""},
               {"training", ""},
               {"seeds", ""},
               {"plateau", ""},
               {"fake rate", ""},
               {"leakage below 7 GeV", ""},
               {"relative pT resolution", ""},
               {"eta resolution", ""}},
              {}};
  for (const SeedAverage& average : averages) {
    const StudyNetwork& n = average.network;
    if (n.metrics == nullptr) continue;
    table.rows.push_back(
        {text_cell(n.name), text_cell(n.input), n.bits ? number_cell(*n.bits) : text_cell(n.precision),
         text_cell(n.family == "student" ? recipe(n) : "-"), number_cell(average.seeds),
         fraction_cell(*n.metrics, "plateau", n.where), fraction_cell(*n.metrics, "fake_rate", n.where, 2),
         fraction_cell(*n.metrics, "leakage_below_7gev", n.where, 2),
         estimate_cell(*n.metrics, "pt_resolution", n.where), estimate_cell(*n.metrics, "eta_resolution", n.where)});
  }
  return table;
}

}  // namespace

Section precision_section(const std::vector<Run>& runs) {
  Section section{"precision", "Teachers, students and precision", {}};
  const std::vector<StudyNetwork> networks = study_networks(runs);
  if (networks.empty()) return section;
  const std::vector<SeedAverage> averages = average_over_seeds(networks);
  const std::vector<SeedAverage> students = average_over_seeds(comparable_students(networks));
  std::vector<SeedAverage> floating = students;
  for (const SeedAverage& average : averages)
    if (average.network.family == "teacher") floating.insert(floating.begin(), average);
  add_turn_ons(section, floating, "turn-on-float", "Teachers, and students in floating point.",
               [](const StudyNetwork& n) { return n.family == "teacher" || n.precision == "float"; });
  add_turn_ons(section, students, "turn-on-distilled", "Quantized students, distilled from the float teacher.",
               [](const StudyNetwork& n) { return n.precision != "float" && n.teacher == "float"; });
  add_turn_ons(section, students, "turn-on-alone", "Quantized students that learned without a teacher.",
               [](const StudyNetwork& n) { return n.precision != "float" && !n.distilled; });
  add_turn_ons(section, averages, "turn-on-ours", "Networks found by Lutra, and reference triggers.",
               [](const StudyNetwork& n) { return n.family == "ours" || n.family == "reference"; });
  add_bits_plots(section, comparable_students(networks));
  section.blocks.push_back(network_table(averages));
  return section;
}

}  // namespace lutra
