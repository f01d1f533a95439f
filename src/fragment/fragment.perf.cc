#include "fragment/fragment.h"

#include <benchmark/benchmark.h>

#include "base/random.h"
#include "event/event.h"

namespace lutra {
namespace {

/// Events with about the hits of one muon plus the default noise.
EventBatch events_like_simulated(std::size_t count) {
  EventBatch batch;
  for (std::size_t event = 0; event < count; ++event) {
    Random random(1, RandomStream::noise, event);
    for (int cell = static_cast<int>(random.below(240)); cell < 9 * 384;
         cell += 1 + static_cast<int>(random.below(240)))
      batch.hits.emplace_back(cell, HitOrigin::muon);
    batch.hit_begin.push_back(static_cast<std::uint32_t>(batch.hits.size()));
    batch.muons.push_back({10, 0.5f, 0, 1});
    batch.muon_begin.push_back(static_cast<std::uint32_t>(batch.muons.size()));
  }
  return batch;
}

void fragmentation(benchmark::State& state) {
  const EventBatch events = events_like_simulated(1 << 15);
  FragmentConfig config;
  config.stride = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(fragment(events, ImageShape{}, config).inputs.data());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events.size()));
}
BENCHMARK(fragmentation)->Arg(1)->Arg(8);

}  // namespace
}  // namespace lutra
