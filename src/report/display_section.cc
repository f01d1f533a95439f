#include <fmt/format.h>

#include <array>

#include "base/error.h"
#include "report/algorithms.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// Order of HitOrigin (event/event.h).
constexpr std::array origins = {"electronic", "cavern", "muon", "secondary"};

/// One event of displays.json (docs/report.md).
struct Display {
  const Json& event;
  std::string where;
  std::string title;
  double window_start;
  int window_cols;
  int layers;
  int strips;
};

Json hit_rows(const Display& d) {
  Json rows = Json::array();
  rows.push_back({{"origin", "window"},
                  {"strip", d.window_start},
                  {"strip_end", d.window_start + d.window_cols},
                  {"layer", -0.5},
                  {"layer_end", d.layers - 0.5}});
  for (const Json& hit : list_at(d.event, "hits", d.where)) {
    const auto values = json_get<std::vector<int>>(Json{{"hit", hit}}, "hit", d.where);
    if (values.size() != 3 || values[2] < 0 || values[2] >= static_cast<int>(origins.size()))
      throw Error(d.where + ": a hit must be [layer, strip, origin 0..3]", "", "");
    rows.push_back({{"origin", origins[static_cast<std::size_t>(values[2])]},
                    {"strip", values[1]},
                    {"layer", values[0] - 0.38},
                    {"layer_end", values[0] + 0.38},
                    {"number", values[0]}});
  }
  return rows;
}

Json pixel_rows(const Display& d) {
  Json rows = Json::array();
  const Json& pixels = list_at(d.event, "pixels", d.where);
  for (std::size_t layer = 0; layer < pixels.size(); ++layer) {
    const auto values = maybe_numbers(Json{{"row", pixels[layer]}}, "row", d.where);
    for (std::size_t column = 0; column < values.size(); ++column)
      rows.push_back({{"layer", layer}, {"column", column}, {"value", values[column].value_or(0)}});
  }
  return rows;
}

std::string momentum(const Json& muon, const std::string& where) {
  std::string text = fmt::format("pT {:.1f} GeV", json_get<double>(muon, "pt_gev", where));
  if (const auto eta = maybe_number(muon, "eta", where)) text += fmt::format(", eta {:.3f}", *eta);
  return text;
}

std::string story(const Display& d) {
  const Json truth = json_get<Json>(d.event, "truth", d.where);
  std::string text = truth.is_null() ? "Truth: no muon." : "Truth: " + momentum(truth, d.where) + ".";
  for (const Json& prediction : list_at(d.event, "predictions", d.where))
    text += fmt::format(" {}: {}.", json_get<std::string>(prediction, "name", d.where), momentum(prediction, d.where));
  return text;
}

void add_display(Section& section, const Display& d, const std::string& id) {
  Json hits = plot("hits", hit_rows(d));
  hits["layer"][1]["encoding"]["x"]["scale"] = {{"domain", {0, d.strips}}, {"nice", false}};
  hits["layer"][1]["encoding"]["y"]["scale"] = {{"domain", {-0.5, d.layers - 0.5}}, {"nice", false}};
  section.blocks.push_back(Figure{
      id + "-hits", d.title + ". Hits by origin; the shaded band is the chosen window. " + story(d), std::move(hits)});
  section.blocks.push_back(Figure{
      id + "-pixels",
      fmt::format("{}. What the network sees: the window from strip {}, pooled. The stronger the colour, the more of a "
                  "pixel's strips fired.",
                  d.title, number_text(d.window_start)),
      plot("pixels", pixel_rows(d))});
}

}  // namespace

Section display_section(const std::vector<Run>& runs) {
  Section section{"displays", "Events", {}};
  for (std::size_t run = 0; run < runs.size(); ++run) {
    const Json* displays = runs[run].body("displays.json");
    if (displays == nullptr) {
      section.blocks.push_back(missing("displays.json"));
      continue;
    }
    const std::string where = runs[run].name + "/displays.json";
    const Json& shape = object_at(*displays, "shape", where);
    const Json& events = list_at(*displays, "events", where);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const std::string here = fmt::format("{} event {}", where, i);
      const Display display{events[i],
                            here,
                            in_run(runs, runs[run], json_get<std::string>(events[i], "title", here)),
                            json_get<double>(events[i], "window_start", here),
                            json_get<int>(*displays, "window_cols", where),
                            json_get<int>(shape, "layers", where),
                            json_get<int>(shape, "strips", where)};
      add_display(section, display, fmt::format("event-{}-{}", run, i));
    }
  }
  return section;
}

}  // namespace lutra
