#include "report/turn_on_rows.h"

#include "base/error.h"
#include "report/fields.h"
#include "report/plot.h"
#include "report/published.h"

namespace lutra {

void add_turn_on(Json& rows, const std::string& series, const Json& metrics, const std::string& where) {
  const Json& curve = object_at(metrics, "efficiency", where);
  const auto bins = json_get<std::vector<double>>(curve, "bins", where);
  const auto values = maybe_numbers(curve, "values", where);
  const Json& intervals = list_at(curve, "intervals", where);
  if (bins.size() != values.size() + 1 || intervals.size() != values.size())
    throw Error(where + ": efficiency needs one value and interval per bin", "", "");
  const auto passed = maybe_numbers(curve, "passed", where);
  const auto total = maybe_numbers(curve, "total", where);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    const Bounds bounds = maybe_bounds(Json{{"interval", intervals[i]}}, "interval", where);
    rows.push_back({{"series", series},
                    {"pt_lo_gev", bins[i]},
                    {"pt_hi_gev", bins[i + 1]},
                    {"pt_gev", (bins[i] + bins[i + 1]) / 2},
                    {"efficiency", *values[i]},
                    {"lo", or_null(bounds.lo)},
                    {"hi", or_null(bounds.hi)},
                    {"passed", i < passed.size() ? or_null(passed[i]) : Json(nullptr)},
                    {"total", i < total.size() ? or_null(total[i]) : Json(nullptr)}});
  }
}

void add_published_turn_on(Json& rows) {
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

Figure turn_on_figure(const std::string& id, const std::string& caption, Json rows, double threshold_gev,
                      const std::set<std::string>& off) {
  Json spec = plot("turn_on", std::move(rows), off);
  spec["layer"][1]["encoding"]["x"]["datum"] = threshold_gev;
  return {
      id,
      caption +
          " Share of muons accepted in bins of true pT; dashed: the threshold. Vertical bars: 68 % intervals (of means "
          "over seeds: with their spread); horizontal bars: bin widths.",
      std::move(spec)};
}

}  // namespace lutra
