#include <algorithm>
#include <array>
#include <map>

#include "base/artifacts.h"
#include "base/error.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "study/predict.h"
#include "study/stages.h"

namespace lutra {
namespace {

constexpr ArtifactKind displays_kind = artifact_kind("displays");
constexpr double threshold_gev = 10;

/// What one algorithm said about every event of a data set.
struct Opinion {
  std::string name;
  Predictions predictions;
};

/// A kind of event worth looking at.
struct EventKind {
  const char* title;
  double pt_lo_gev, pt_hi_gev;  // true pT; {0, 0}: no muon
  int accepted;                 // by the student: 1 yes, 0 no, -1 either
};

constexpr std::array wanted = {
    EventKind{"High pT muon", 15, 20, 1},
    EventKind{"Low pT muon", 3, 5, -1},
    EventKind{"No muon", 0, 0, 0},
    EventKind{"Muon near the threshold", 9, 11, -1},
    EventKind{"High pT muon, lost", 15, 20, 0},
    EventKind{"Low pT muon, accepted", 3, 7, 1},
    EventKind{"No muon, accepted", 0, 0, 1},
};

bool matches(const EventKind& w, const Predictions& p, std::size_t event) {
  const double pt = p.true_pt_gev[event];
  const bool in_range =
      w.pt_hi_gev == 0 ? p.has_muon[event] == 0 : p.has_muon[event] != 0 && pt >= w.pt_lo_gev && pt < w.pt_hi_gev;
  return in_range && (w.accepted < 0 || (p.pt_gev[event] > threshold_gev) == (w.accepted == 1));
}

/// Event index -> title, taking each kind in turn until `count` are found.
std::map<std::size_t, std::string> choose(int count, const Dataset& data, const Predictions& student) {
  std::map<std::size_t, std::string> chosen;
  std::array<std::size_t, wanted.size()> next{};
  bool any = true;
  while (any && static_cast<int>(chosen.size()) < count) {
    any = false;
    for (std::size_t k = 0; k < wanted.size() && static_cast<int>(chosen.size()) < count; ++k) {
      std::size_t& event = next[k];
      while (event < data.size() &&
             !(data.split[event] == Split::test && matches(wanted[k], student, event) && !chosen.contains(event)))
        ++event;
      if (event == data.size()) continue;
      chosen[event] = wanted[k].title;
      any = true;
    }
  }
  return chosen;
}

Json hits_of(const EventBatch& batch, const ImageShape& shape) {
  Json hits = Json::array();
  for (const Hit hit : batch.hits)
    hits.push_back({hit.cell() / shape.strips, hit.cell() % shape.strips, static_cast<int>(hit.origin())});
  return hits;
}

Json pixels_of(const Dataset& data, std::size_t event) {
  Json rows = Json::array();
  for (int r = 0; r < data.rows; ++r) {
    Json row = Json::array();
    for (int c = 0; c < data.cols; ++c)
      row.push_back(to_real(data.input(event)[static_cast<std::size_t>(r * data.cols + c)], data.input_format.frac));
    rows.push_back(std::move(row));
  }
  return rows;
}

Json display_of(std::size_t event, const std::string& title, const Dataset& data,
                const std::vector<Opinion>& opinions) {
  const Predictions& truth = opinions.front().predictions;
  Json display = {{"title", title},
                  {"event", event},
                  {"window_start", data.window_start[event]},
                  {"pixels", pixels_of(data, event)}};
  display["truth"] = truth.has_muon[event] == 0
                         ? Json(nullptr)
                         : Json{{"pt_gev", truth.true_pt_gev[event]}, {"eta", truth.true_eta[event]}};
  display["predictions"] = Json::array();
  for (const Opinion& o : opinions)
    display["predictions"].push_back({{"name", o.name},
                                      {"pt_gev", o.predictions.pt_gev[event]},
                                      {"eta", o.predictions.eta.empty() ? Json() : Json(o.predictions.eta[event])}});
  return display;
}

}  // namespace

Json make_displays(int count, const std::filesystem::path& events, const EvaluationInputs& inputs,
                   const std::filesystem::path& out, const Context& context) {
  const DatasetFile file = read_dataset(inputs.data);
  const Dataset& data = file.data;
  std::vector<Opinion> opinions;
  opinions.push_back({"Student", network_predictions(read_network(inputs.network).network, data, context)});
  if (!inputs.teacher.teacher.empty())
    opinions.push_back({"Teacher", teacher_predictions({inputs.teacher.teacher, events}, data, {}, context)});

  EventReader reader(events);
  if (reader.size() != data.size())
    throw Error(inputs.data.string() + " was not made from " + events.string(), "they hold different numbers of events",
                "");
  Json list = Json::array();
  std::uint64_t at = 0;
  for (const auto& [event, title] : choose(count, data, opinions.front().predictions)) {
    reader.skip(event - at);
    Json display = display_of(event, title, data, opinions);
    display["hits"] = hits_of(reader.next(1), reader.shape());
    at = event + 1;
    list.push_back(std::move(display));
  }
  const Json body = {{"shape", {{"layers", reader.shape().layers}, {"strips", reader.shape().strips}}},
                     {"window_cols", json_get<int>(json_get<Json>(file.config, "fragment", inputs.data.string()),
                                                   "window", inputs.data.string())},
                     {"events", list}};
  write_json_artifact(out, displays_kind, {{"displayed_events", count}}, body);
  return {{"events", list.size()}};
}

}  // namespace lutra
