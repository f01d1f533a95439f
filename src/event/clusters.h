#pragma once
#include <span>
#include <vector>

#include "event/event.h"

namespace lutra {

/// Neighbouring fired strips of one layer.
struct Cluster {
  int layer = 0;
  int first = 0;                             // strip
  int width = 0;                             // strips
  HitOrigin origin = HitOrigin::electronic;  // the most signal-like of its hits: muon, secondary, cavern, electronic
  double centre() const { return first + width / 2.0; }  // strip coordinate: strip k covers [k, k + 1]
};

/// The clusters of one event's hits, in the order of the hits: by layer, then by strip.
std::vector<Cluster> find_clusters(std::span<const Hit> hits, const ImageShape& shape);

/// The hits of one event of a batch.
std::span<const Hit> hits_of(const EventBatch& batch, std::size_t event);

/// The muons of one event of a batch.
std::span<const Muon> muons_of(const EventBatch& batch, std::size_t event);

}  // namespace lutra
