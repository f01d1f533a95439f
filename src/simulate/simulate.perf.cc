#include "simulate/simulate.h"

#include <benchmark/benchmark.h>

#include <filesystem>

#include "base/random.h"

namespace lutra {
namespace {

constexpr std::size_t events = 1 << 15;

void count_events(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events));
}

/// One muon per event, default noise: the claim is at least a million a second on one core.
void single_muon(benchmark::State& state) {
  SimulationConfig config;
  config.muon.none = 0;
  for (auto _ : state) benchmark::DoNotOptimize(simulate(config, 1, 0, events).hits.data());
  count_events(state);
}
BENCHMARK(single_muon);

/// Linear in cores: the same work on 1, 2, ... threads, in wall-clock time.
void single_muon_on_threads(benchmark::State& state) {
  SimulationConfig config;
  config.muon.none = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(simulate(config, 1, 0, events * 8, static_cast<int>(state.range(0))).hits.data());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events * 8));
}
BENCHMARK(single_muon_on_threads)->ArgName("threads")->Arg(1)->Arg(2)->Arg(4)->UseRealTime();

void noise_only(benchmark::State& state) {
  SimulationConfig config;
  config.muon.none = 1;
  for (auto _ : state) benchmark::DoNotOptimize(simulate(config, 1, 0, events).hits.data());
  count_events(state);
}
BENCHMARK(noise_only);

/// The baseline: one draw for every strip of the image, and nothing else.
void dense_noise(benchmark::State& state) {
  const SimulationConfig config;
  const int cells = config.detector.shape().cells();
  const auto threshold = static_cast<std::uint32_t>(17.6 / cells * 0x1p32);
  for (auto _ : state) {
    std::vector<Hit> hits;
    for (std::size_t event = 0; event < events; ++event) {
      Random random(1, RandomStream::noise, event);
      for (int cell = 0; cell < cells; ++cell)
        if (random.bits() < threshold) hits.emplace_back(cell, HitOrigin::electronic);
    }
    benchmark::DoNotOptimize(hits.data());
  }
  count_events(state);
}
BENCHMARK(dense_noise);

/// To disk, with its checksum.
void to_file(benchmark::State& state) {
  const auto path = std::filesystem::temp_directory_path() / "lutra_simulate_perf.h5";
  SimulationConfig config;
  config.muon.none = 0;
  for (auto _ : state) simulate_to_file(config, 1, {0, events * 8}, path, 1, no_progress);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events * 8));
  state.counters["bytes_per_event"] = static_cast<double>(std::filesystem::file_size(path)) / (events * 8);
  std::filesystem::remove(path);
}
BENCHMARK(to_file)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lutra
