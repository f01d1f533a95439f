#include <fmt/format.h>

#include "base/error.h"
#include "report/algorithms.h"
#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// One curve point: {window_cols, stride, half_contained, half_contained_interval}.
std::string window_text(const Json& point, const std::string& where) {
  return fmt::format("window of {} strips", json_get<int>(point, "window_cols", where));
}

Json containment_rows(const std::vector<Run>& runs, const Run& run, const Json& points, const std::string& where) {
  Json rows = Json::array();
  for (const Json& point : points) {
    const Bounds bounds = maybe_bounds(point, "half_contained_interval", where);
    rows.push_back({{"series", in_run(runs, run, window_text(point, where))},
                    {"stride", json_get<int>(point, "stride", where)},
                    {"value", json_get<double>(point, "half_contained", where)},
                    {"lo", or_null(bounds.lo)},
                    {"hi", or_null(bounds.hi)}});
  }
  return rows;
}

Table containment_table(const Json& points, const std::string& id, const std::string& where) {
  Table table{id,
              "Share of muons with at least half of their hits in the chosen window.",
              {{"stride", "strips"}, {"all muons", ""}, {"muons above 10 GeV", ""}, {"muons", ""}},
              {}};
  table.folded = true;
  for (const Json& point : points) {
    table.groups.push_back(fmt::format("window of {} strips", json_get<int>(point, "window_cols", where)));
    table.rows.push_back({number_cell(json_get<int>(point, "stride", where)),
                          fraction_cell(point, "half_contained", where),
                          fraction_cell(point, "half_contained_above_10gev", where),
                          number_cell(maybe_number(point, "muons", where), 6)});
  }
  return table;
}

void add_counts(Json& rows, const Json& hits, const char* key, const char* series, const std::string& where) {
  const auto edges = json_get<std::vector<double>>(hits, "bins", where);
  const auto counts = json_get<std::vector<double>>(hits, key, where);
  if (edges.size() != counts.size() + 1) throw Error(where + ": hit counts need one number per bin", "", "");
  double total = 0;
  for (const double count : counts) total += count;
  for (std::size_t i = 0; i < counts.size(); ++i)
    rows.push_back({{"series", series},
                    {"lo", edges[i]},
                    {"hi", edges[i + 1]},
                    {"count", counts[i]},
                    {"share", total > 0 ? counts[i] / total : 0}});
}

/// " (200,000 events)".
std::string counts_text(const Json& body, const std::string& where) {
  const auto events = maybe_number(body, "events", where);
  return events ? fmt::format(" ({} events)", number_text(*events)) : "";
}

void add_run(Section& section, const std::vector<Run>& runs, std::size_t i) {
  const Json* body = runs[i].body("fragmentation.json");
  if (body == nullptr) return;
  const std::string where = runs[i].name + "/fragmentation.json";
  const Json& points = list_at(*body, "curves", where);
  Json spec = plot("containment", containment_rows(runs, runs[i], points, where));
  add_limit(spec, 0.9);
  section.blocks.push_back(
      Figure{fmt::format("containment-{}", i),
             "Share of muons with at least half of their hits inside the chosen window, against the stride of the "
             "search" +
                 counts_text(*body, where) + ". Dashed: the 90 % of the published study, whose window has 32 strips.",
             std::move(spec)});
  if (body->contains("hits")) {
    const Json& hits = object_at(*body, "hits", where);
    Json rows = Json::array();
    add_counts(rows, hits, "muon", "images with a muon", where);
    add_counts(rows, hits, "empty", "muon-less images", where);
    Json histogram = plot("histogram", std::move(rows));
    histogram["encoding"]["x"]["title"] = "hits in the chosen window";
    section.blocks.push_back(Figure{
        fmt::format("hit-counts-{}", i),
        "Hits in the chosen window, with a muon and without" + counts_text(*body, where) + ".", std::move(histogram)});
  }
  section.blocks.push_back(containment_table(points, fmt::format("containment-table-{}", i), where));
}

}  // namespace

Section fragmentation_section(const std::vector<Run>& runs) {
  Section section{"fragmentation", "Fragmentation", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) add_run(section, runs, i);
  return section;
}

}  // namespace lutra
