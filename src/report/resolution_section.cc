#include "base/error.h"
#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// Rows of one curve {bins, values, intervals, bias}; `what` is "values" (with intervals) or "bias" (without).
void add_curve(Json& rows, const Algorithm& algorithm, const std::string& key, const std::string& what) {
  const auto found = algorithm.metrics->find(key);
  if (found == algorithm.metrics->end()) return;
  const auto bins = json_get<std::vector<double>>(*found, "bins", algorithm.where);
  const auto values = maybe_numbers(*found, what, algorithm.where);
  if (bins.size() != values.size() + 1 || list_at(*found, "intervals", algorithm.where).size() != values.size())
    throw Error(algorithm.where + ": \"" + key + "\" needs one value per bin", "", "");
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    const Bounds bounds = what == "values"
                              ? maybe_bounds(Json{{"interval", (*found)["intervals"][i]}}, "interval", algorithm.where)
                              : Bounds{};
    rows.push_back({{"series", algorithm.label},
                    {"pt_lo_gev", bins[i]},
                    {"pt_hi_gev", bins[i + 1]},
                    {"pt_gev", (bins[i] + bins[i + 1]) / 2},
                    {"value", *values[i]},
                    {"lo", or_null(bounds.lo)},
                    {"hi", or_null(bounds.hi)}});
  }
}

struct CurvePlot {
  const char* id;
  const char* key;
  const char* what;
  const char* axis;
  const char* caption;
};

constexpr CurvePlot curve_plots[] = {
    {"pt-resolution", "pt_resolution_by_pt", "values", "relative pT resolution",
     "pT resolution: half width of the central 68 % of (predicted - true) / true, in bins of true pT, with 68 % "
     "intervals."},
    {"pt-bias", "pt_resolution_by_pt", "bias", "median of (predicted - true) / true",
     "pT bias: median of (predicted - true) / true. Networks trained on a bounded range pull towards its middle."},
    {"eta-resolution", "eta_resolution_by_pt", "values", "eta resolution",
     "Eta resolution: half width of the central 68 % of predicted - true eta, with 68 % intervals."},
    {"eta-bias", "eta_resolution_by_pt", "bias", "median of predicted - true eta",
     "Eta bias: median of predicted - true eta."},
};

Table resolution_table(const std::vector<Algorithm>& list) {
  Table table{"resolution-table",
              "Resolutions over the muons inside the acceptance, with 68 % intervals.",
              {{"algorithm", ""}, {"relative pT resolution", ""}, {"eta resolution", ""}},
              {}};
  for (const Algorithm& a : list)
    table.rows.push_back({text_cell(a.label), estimate_cell(*a.metrics, "pt_resolution", a.where),
                          estimate_cell(*a.metrics, "eta_resolution", a.where)});
  return table;
}

}  // namespace

Section resolution_section(const std::vector<Run>& runs) {
  Section section{"resolution", "Resolution", {}};
  const std::vector<Algorithm> list = algorithms(runs);
  if (list.empty()) {
    section.blocks.push_back(missing("metrics.json"));
    return section;
  }
  for (const CurvePlot& wanted : curve_plots) {
    Json rows = Json::array();
    for (const Algorithm& algorithm : list) add_curve(rows, algorithm, wanted.key, wanted.what);
    if (rows.empty()) continue;
    Json spec = plot("resolution", std::move(rows));
    if (std::string_view(wanted.what) == "bias")
      spec["layer"].erase(2);  // the layer of intervals: a median has none here
    spec["layer"][0]["encoding"]["y"]["title"] = wanted.axis;
    section.blocks.push_back(
        Figure{wanted.id, wanted.caption + (" Curves" + counts_text(list)) + ".", std::move(spec)});
  }
  section.blocks.push_back(resolution_table(list));
  return section;
}

}  // namespace lutra
