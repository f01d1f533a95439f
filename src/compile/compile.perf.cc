#include "compile/compile.h"

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "base/random.h"
#include "model/published_student.h"

namespace lutra {
namespace {

void draw_weights(Layer& layer, int outputs, int products, Random& random) {
  layer.out_channels = outputs;
  layer.weights.clear();
  for (int i = 0; i < outputs * products; ++i) layer.weights.push_back(static_cast<std::int64_t>(random.below(15)) - 7);
  layer.weight_frac.assign(static_cast<std::size_t>(outputs), 4);
  layer.bias.assign(static_cast<std::size_t>(outputs), 3);
  layer.bias_frac.assign(static_cast<std::size_t>(outputs), 4);
}

/// The published student with 28 channels in its wide convolutions: 67,790 products instead of 6,234.
Network ten_times_larger() {
  Network network = published_student(2);
  Random random(2, RandomStream::verify, 0);
  constexpr int channels = 28;
  draw_weights(network.layers[2], channels, 9, random);
  draw_weights(network.layers[3], channels, 9 * channels, random);
  draw_weights(network.layers[5], 10, 8 * channels, random);
  return network;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void compile_network(benchmark::State& state, const Network& network, int interval) {
  CompileOptions options;
  options.input_max = 2;
  options.interval = interval;
  for (auto _ : state) benchmark::DoNotOptimize(compile(network, options));
  state.counters["peak_MB"] = peak_megabytes();
}

/// Target: 10 s and 1 GiB (of the process, so of all benchmarks so far).
void published(benchmark::State& state) { compile_network(state, published_student(2), 1); }
BENCHMARK(published)->Unit(benchmark::kSecond);

/// Target: 2 minutes.
void ten_times(benchmark::State& state) { compile_network(state, ten_times_larger(), 1); }
BENCHMARK(ten_times)->Unit(benchmark::kSecond)->Iterations(1);

void published_shared(benchmark::State& state) { compile_network(state, published_student(2), 12); }
BENCHMARK(published_shared)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace lutra
