#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "event/event.h"

namespace lutra {

/// How a window search of one width and stride does: of `muons` events with one muon that left hits, `half_contained`
/// have at least half of its hits in the chosen window; `hard_*` are those above `hard_pt_gev`.
struct ContainmentCount {
  int window_cols = 32;
  int stride = 1;
  std::int64_t muons = 0;
  std::int64_t half_contained = 0;
  std::int64_t hard_muons = 0;
  std::int64_t hard_half_contained = 0;
};

/// True pT [GeV] above which a muon counts as hard.
inline constexpr double hard_pt_gev = 10;

/// Adds the events of a batch to every count. Error when a width or stride does not fit the image.
void count_containment(const EventBatch& events, const ImageShape& shape, int threads,
                       std::span<ContainmentCount> counts);

/// Events by the number of hits in the chosen window: entry n is the number of events with n hits.
struct WindowHits {
  std::vector<std::int64_t> muon;   // events with a muon
  std::vector<std::int64_t> empty;  // muon-less events
};

void count_window_hits(const EventBatch& events, const ImageShape& shape, int window_cols, int stride, int threads,
                       WindowHits& hits);

}  // namespace lutra
