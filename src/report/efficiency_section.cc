#include "base/error.h"
#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/plot.h"
#include "report/published.h"
#include "report/sections.h"

namespace lutra {
namespace {

struct Curve {
  std::vector<double> bins;
  std::vector<std::optional<double>> values;
};

Curve efficiency_of(const Algorithm& algorithm) {
  const Json& curve = object_at(*algorithm.metrics, "efficiency", algorithm.where);
  Curve read{json_get<std::vector<double>>(curve, "bins", algorithm.where),
             maybe_numbers(curve, "values", algorithm.where)};
  if (read.bins.size() != read.values.size() + 1 ||
      list_at(curve, "intervals", algorithm.where).size() != read.values.size())
    throw Error(algorithm.where + ": efficiency needs one value and interval per bin", "", "");
  return read;
}

void add_turn_on(Json& rows, const Algorithm& algorithm) {
  const Json& curve = algorithm.metrics->at("efficiency");
  const Curve read = efficiency_of(algorithm);
  const auto passed = maybe_numbers(curve, "passed", algorithm.where);
  const auto total = maybe_numbers(curve, "total", algorithm.where);
  for (std::size_t i = 0; i < read.values.size(); ++i) {
    if (!read.values[i]) continue;
    const Bounds bounds = maybe_bounds(Json{{"interval", curve["intervals"][i]}}, "interval", algorithm.where);
    rows.push_back({{"series", algorithm.label},
                    {"pt_lo_gev", read.bins[i]},
                    {"pt_hi_gev", read.bins[i + 1]},
                    {"pt_gev", (read.bins[i] + read.bins[i + 1]) / 2},
                    {"efficiency", *read.values[i]},
                    {"lo", or_null(bounds.lo)},
                    {"hi", or_null(bounds.hi)},
                    {"passed", i < passed.size() ? or_null(passed[i]) : Json(nullptr)},
                    {"total", i < total.size() ? or_null(total[i]) : Json(nullptr)}});
  }
}

void add_published(Json& rows) {
  const Json& curve = published().at("turn_on");
  for (std::size_t i = 0; i < curve["pt_gev"].size(); ++i) {
    const double pt = curve["pt_gev"][i].get<double>();
    const double half = curve["half_width_gev"][i].get<double>();
    rows.push_back({{"series", curve["name"]},
                    {"pt_lo_gev", pt - half},
                    {"pt_hi_gev", pt + half},
                    {"pt_gev", pt},
                    {"efficiency", curve["efficiency"][i]}});
  }
}

Table efficiency_table(const std::vector<Algorithm>& list) {
  Table table{"efficiency-table",
              "Fractions at the threshold, with 68 % Clopper-Pearson intervals in brackets. The study asks for a fake "
              "rate below 2 %.",
              {{"algorithm", ""},
               {"threshold", "GeV"},
               {"plateau, 15-20 GeV", ""},
               {"fake rate", ""},
               {"leakage below 7 GeV", ""},
               {"half contained", ""},
               {"events", ""}},
              {}};
  for (const Algorithm& a : list)
    table.rows.push_back({text_cell(a.label), number_cell(maybe_number(*a.metrics, "threshold_gev", a.where)),
                          fraction_cell(*a.metrics, "plateau", a.where),
                          fraction_cell(*a.metrics, "fake_rate", a.where, 2),
                          fraction_cell(*a.metrics, "leakage_below_7gev", a.where, 2),
                          fraction_cell(*a.metrics, "half_contained", a.where),
                          number_cell(maybe_number(*a.metrics, "events", a.where))});
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
  for (const Algorithm& algorithm : list) add_turn_on(rows, algorithm);
  add_published(rows);
  const double threshold = json_get<double>(*list.front().metrics, "threshold_gev", list.front().where);
  Json spec = plot("turn_on", std::move(rows));
  spec["layer"][1]["encoding"]["x"]["datum"] = threshold;
  section.blocks.push_back(
      Figure{"turn-on",
             "Turn-on curves: share of muons accepted in bins of true pT; the dashed line is the threshold. "
             "Vertical bars: 68 % Clopper-Pearson "
             "intervals; horizontal bars: bin widths. The published curve was read from the "
             "study's figure and has no errors. Click a "
             "name in the legend to switch its curve.",
             std::move(spec)});
  section.blocks.push_back(efficiency_table(list));
  return section;
}

}  // namespace lutra
