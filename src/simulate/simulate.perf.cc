#include "simulate/simulate.h"

#include <benchmark/benchmark.h>

#include <filesystem>

#include "base/parallel.h"
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
BENCHMARK(single_muon_on_threads)->ArgName("threads")->Arg(1)->Arg(2)->Arg(4)->UseRealTime()->MeasureProcessCPUTime();

/// What the machine itself can give: arithmetic in registers, four chains at once, shared out in the same way.
void registers_on_threads(benchmark::State& state) {
  constexpr std::size_t tasks = 64, steps = 1 << 20;
  for (auto _ : state)
    parallel_for(tasks, static_cast<int>(state.range(0)), [](std::size_t task) {
      std::uint64_t a = task, b = task + 1, c = task + 2, d = task + 3;
      for (std::size_t i = 0; i < steps; ++i) {
        a = a * 6364136223846793005u + 1;
        b = b * 6364136223846793005u + 3;
        c ^= c << 13 ^ i;
        d ^= d >> 7 ^ i;
      }
      benchmark::DoNotOptimize(a + b + c + d);
    });
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tasks * steps));
}
BENCHMARK(registers_on_threads)->ArgName("threads")->Arg(1)->Arg(2)->Arg(4)->UseRealTime()->MeasureProcessCPUTime();

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

/// To disk, with its checksum, on 1, 2, ... threads, in wall-clock time.
void to_file(benchmark::State& state) {
  const auto path = std::filesystem::temp_directory_path() / "lutra_simulate_perf.h5";
  SimulationConfig config;
  config.muon.none = 0;
  for (auto _ : state)
    simulate_to_file(config, 1, {0, events * 8}, path, static_cast<int>(state.range(0)), no_progress);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events * 8));
  state.counters["bytes_per_event"] = static_cast<double>(std::filesystem::file_size(path)) / (events * 8);
  std::filesystem::remove(path);
}
BENCHMARK(to_file)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace lutra
