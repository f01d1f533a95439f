#include "report/student_figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/turn_on_rows.h"

namespace lutra {
namespace {

struct BitsPlot {
  const char* id;
  const char* key;
  const char* axis;
  const char* format;  // of the axis' numbers
  bool logarithmic;
  const char* caption;
};

constexpr BitsPlot bits_plots[] = {
    {"bits-plateau", "plateau", "plateau", "~%", false, "Plateau of the students, 15-20 GeV."},
    {"bits-fakes", "fake_rate", "fake rate", "~%", true, "Fake rate of the students. Dashed: the limit of 2 %."},
    {"bits-leakage", "leakage_below_7gev", "leakage below 7 GeV", "~%", true, "Accepted share of muons below 7 GeV."},
    {"bits-pt", "pt_resolution", "relative pT resolution", "", false, "Relative pT resolution of the students."},
    {"bits-eta", "eta_resolution", "eta resolution", "", false, "Eta resolution of the students."},
};

/// "200,000 training events each".
std::string events_text(const StudyNetwork& n) {
  return n.train_events == 0 ? "all training events" : number_text(n.train_events) + " training events each";
}

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

}  // namespace

void add_bits_figures(Section& section, const std::vector<StudyNetwork>& networks) {
  for (const BitsPlot& wanted : bits_plots) {
    Json rows = bits_rows(networks, wanted.key);
    if (rows.empty()) continue;
    Json spec = plot("bits", std::move(rows));
    Json& y = spec["layer"][0]["encoding"]["y"];
    y["title"] = wanted.axis;
    y["axis"]["format"] = wanted.format;
    if (wanted.logarithmic) y["scale"] = {{"type", "log"}, {"nice", false}, {"padding", 10}};
    if (std::string(wanted.key) == "fake_rate") add_limit(spec, published().at("limits").at("fake_rate").get<double>());
    section.blocks.push_back(Figure{
        wanted.id,
        std::string(wanted.caption) +
            fmt::format(
                " One point per seed ({}) with its 68 % interval of the test events, a bar at the mean of the seeds.",
                events_text(networks.front())),
        std::move(spec)});
  }
}

void add_turn_ons(Section& section, const std::vector<Curve>& curves, const std::string& id, const std::string& caption,
                  const std::set<std::string>& off) {
  Json rows = Json::array();
  double threshold = 0;
  for (const Curve& curve : curves) {
    const StudyNetwork& n = *curve.network;
    if (n.metrics == nullptr) continue;
    threshold = json_get<double>(*n.metrics, "threshold_gev", n.where);
    add_turn_on(rows, curve.label, *n.metrics, n.where);
  }
  if (rows.empty()) return;
  const std::string hidden =
      off.empty() ? "" : " The faint ones are switched on by a click on their name, so that the others can be read.";
  section.blocks.push_back(turn_on_figure(id, caption + hidden, std::move(rows), threshold, off));
}

Table student_table(const std::vector<SeedAverage>& students, const std::string& id, const std::string& caption) {
  Table table{id,
              caption,
              {{"bits", ""},
               {"distilled from", ""},
               {"plateau", "%"},
               {"fakes", "%"},
               {"below 7 GeV", "%"},
               {"pT resolution", ""},
               {"eta resolution", "1e-3"},
               {"LUT", ""}},
              {}};
  for (const SeedAverage& average : students) {
    const StudyNetwork& n = average.network;
    if (n.metrics == nullptr) continue;
    const auto cell = [&](const char* key, const Shown& shown) {
      return plus_minus_cell(*n.metrics, key, n.where, shown);
    };
    table.rows.push_back({n.bits ? number_cell(*n.bits) : text_cell(n.precision),
                          text_cell(n.distilled ? n.teacher + " teacher" : "-"), cell("plateau", {0.01, 1}),
                          cell("fake_rate", {0.01, 2}), cell("leakage_below_7gev", {0.01, 1}),
                          cell("pt_resolution", {1, 3}), cell("eta_resolution", {0.001, 1}),
                          n.hardware == nullptr ? text_cell("-") : count_cell(*n.hardware, "lut", n.where)});
  }
  return table;
}

std::string training_text(const std::vector<SeedAverage>& students) {
  if (students.empty()) return "";
  const auto [least, most] = std::ranges::minmax(students, {}, &SeedAverage::seeds);
  const std::string seeds = most.seeds == 1             ? "one seed"
                            : least.seeds == most.seeds ? fmt::format("{} seeds", most.seeds)
                                                        : fmt::format("{} to {} seeds", least.seeds, most.seeds);
  return seeds + ", " + events_text(students.front().network);
}

}  // namespace lutra
