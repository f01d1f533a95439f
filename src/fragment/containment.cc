#include "fragment/containment.h"

#include <algorithm>
#include <numeric>

#include "event/clusters.h"
#include "fragment/fragment.h"

namespace lutra {
namespace {

Dataset windows_of(const EventBatch& events, const ImageShape& shape, int window_cols, int stride, int threads) {
  FragmentConfig config;
  config.window = window_cols;
  config.stride = stride;
  config.pool_cols = 1;  // inputs are hits
  return fragment(events, shape, config, threads);
}

bool has_muon_hits(const EventBatch& events, std::size_t event) {
  return muons_of(events, event).size() == 1 &&
         std::ranges::any_of(hits_of(events, event), [](Hit hit) { return hit.origin() == HitOrigin::muon; });
}

void add(std::vector<std::int64_t>& histogram, std::size_t n) {
  if (histogram.size() <= n) histogram.resize(n + 1);
  ++histogram[n];
}

}  // namespace

void count_containment(const EventBatch& events, const ImageShape& shape, int threads,
                       std::span<ContainmentCount> counts) {
  std::vector<std::size_t> wanted;
  for (std::size_t event = 0; event < events.size(); ++event)
    if (has_muon_hits(events, event)) wanted.push_back(event);
  for (ContainmentCount& count : counts) {
    const Dataset data = windows_of(events, shape, count.window_cols, count.stride, threads);
    const std::vector<float>& containment = find_column(data, "containment")->values;
    for (const std::size_t event : wanted) {
      const bool hard = muons_of(events, event)[0].pt_gev > hard_pt_gev;
      const bool half = containment[event] >= 0.5f;
      ++count.muons;
      count.half_contained += half;
      count.hard_muons += hard;
      count.hard_half_contained += hard && half;
    }
  }
}

void count_window_hits(const EventBatch& events, const ImageShape& shape, int window_cols, int stride, int threads,
                       WindowHits& hits) {
  const Dataset data = windows_of(events, shape, window_cols, stride, threads);
  for (std::size_t event = 0; event < events.size(); ++event) {
    const auto input = data.input(event);
    const auto n = static_cast<std::size_t>(std::accumulate(input.begin(), input.end(), 0));
    add(muons_of(events, event).empty() ? hits.empty : hits.muon, n);
  }
}

}  // namespace lutra
