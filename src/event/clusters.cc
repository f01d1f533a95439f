#include "event/clusters.h"

#include <array>

namespace lutra {
namespace {

/// muon > secondary > cavern > electronic.
bool is_stronger(HitOrigin a, HitOrigin b) {
  constexpr std::array<int, 4> rank = {0, 1, 3, 2};
  return rank[static_cast<std::size_t>(a)] > rank[static_cast<std::size_t>(b)];
}

}  // namespace

std::vector<Cluster> find_clusters(std::span<const Hit> hits, const ImageShape& shape) {
  std::vector<Cluster> clusters;
  for (const Hit hit : hits) {
    const int layer = hit.cell() / shape.strips, strip = hit.cell() % shape.strips;
    if (!clusters.empty() && clusters.back().layer == layer && clusters.back().first + clusters.back().width == strip) {
      ++clusters.back().width;
      if (is_stronger(hit.origin(), clusters.back().origin)) clusters.back().origin = hit.origin();
    } else {
      clusters.push_back({layer, strip, 1, hit.origin()});
    }
  }
  return clusters;
}

std::span<const Hit> hits_of(const EventBatch& batch, std::size_t event) {
  return std::span(batch.hits).subspan(batch.hit_begin[event], batch.hit_begin[event + 1] - batch.hit_begin[event]);
}

std::span<const Muon> muons_of(const EventBatch& batch, std::size_t event) {
  return std::span(batch.muons).subspan(batch.muon_begin[event], batch.muon_begin[event + 1] - batch.muon_begin[event]);
}

}  // namespace lutra
