#include <algorithm>

#include "event/events_file.h"
#include "inspect/inspect_parts.h"
#include "inspect/summary.h"

namespace lutra {
namespace {

constexpr std::size_t block_events = 1 << 14;
constexpr int bins = 10;

/// Sums over all events of a file.
struct Tally {
  explicit Tally(const ImageShape& image) : shape(image), by_layer(static_cast<std::size_t>(image.layers), 0) {}

  ImageShape shape;
  std::uint64_t by_origin[4] = {};
  std::vector<std::uint64_t> by_layer;
  std::vector<std::uint64_t> muons_per_event;
  Summary hits_per_event, pt, eta, phi;
  std::uint64_t positive = 0;

  void add(const EventBatch& batch) {
    for (std::size_t e = 0; e < batch.size(); ++e) {
      hits_per_event.add(batch.hit_begin[e + 1] - batch.hit_begin[e]);
      const std::size_t count = batch.muon_begin[e + 1] - batch.muon_begin[e];
      if (count >= muons_per_event.size()) muons_per_event.resize(count + 1, 0);
      ++muons_per_event[count];
    }
    for (const Hit hit : batch.hits) {
      ++by_origin[static_cast<int>(hit.origin())];
      ++by_layer[static_cast<std::size_t>(hit.cell() / shape.strips)];
    }
    for (const Muon& muon : batch.muons) add(muon);
  }
  void add(const Muon& muon) {
    pt.add(muon.pt_gev);
    eta.add(muon.eta);
    phi.add(muon.phi);
    positive += muon.charge > 0;
  }
};

/// Its range is known only after a first pass.
Json pt_histogram(const std::filesystem::path& path, const Summary& pt) {
  const h5::Handle file = h5::open(path);
  const h5::Array values(file, "muon_pt");
  const hsize_t muons = values.shape().at(0);
  Histogram histogram(pt.lo(), pt.hi(), bins);
  for (hsize_t at = 0; at < muons; at += block_events)
    for (const float value : values.rows<float>(at, std::min<hsize_t>(block_events, muons - at))) histogram.add(value);
  return histogram.to_json();
}

Json content_of(const Tally& t, const EventReader& reader, const std::filesystem::path& path) {
  const ImageShape& shape = t.shape;
  Json per_layer = Json::array();
  for (const std::uint64_t hits : t.by_layer)
    per_layer.push_back(reader.size() ? static_cast<double>(hits) / static_cast<double>(reader.size()) : 0.0);
  Json muons = {{"events_by_number", t.muons_per_event}};
  if (t.pt.count() > 0)
    muons.update({{"pt_gev", t.pt.to_json()},
                  {"pt_gev_histogram", pt_histogram(path, t.pt)},
                  {"eta", t.eta.to_json()},
                  {"phi", t.phi.to_json()},
                  {"positive", t.positive}});
  return {{"events", reader.size()},
          {"first", reader.first()},
          {"image",
           {{"layers", shape.layers},
            {"strips", shape.strips},
            {"eta_first", shape.eta_first},
            {"eta_pitch", shape.eta_pitch}}},
          {"hits_per_event", t.hits_per_event.to_json()},
          {"hits_by_origin",
           {{"muon", t.by_origin[2]},
            {"secondary", t.by_origin[3]},
            {"cavern", t.by_origin[1]},
            {"electronic", t.by_origin[0]}}},
          {"hits_per_event_by_layer", per_layer},
          {"muons", muons}};
}

}  // namespace

Inspected inspect_events(const std::filesystem::path& path, const Progress& progress) {
  EventReader reader(path);
  Tally tally(reader.shape());
  std::uint64_t done = 0;
  for (EventBatch batch = reader.next(block_events); batch.size() > 0; batch = reader.next(block_events)) {
    tally.add(batch);
    progress("inspect", done += batch.size(), reader.size());
  }
  return {content_of(tally, reader, path), reader.config(), reader.code()};
}

}  // namespace lutra
