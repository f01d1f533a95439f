#include "model/evaluate.h"

#include <benchmark/benchmark.h>

#include "model/published_student.h"
#include "model/random_network.h"

namespace lutra {
namespace {

constexpr std::size_t events = 8192;

/// The evaluator as everyone uses it: vectorised over events. Target: 2 million student events per second and core.
void evaluate_student(benchmark::State& state) {
  const Network network = published_student(2);
  const Evaluator evaluator(network);
  const auto inputs = random_inputs(network, 1, events);
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.evaluate(inputs));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events));
}
BENCHMARK(evaluate_student)->Unit(benchmark::kMillisecond);

/// Baseline: the same network one event at a time in 64-bit integers.
void evaluate_student_one_by_one(benchmark::State& state) {
  const Network network = published_student(2);
  const Evaluator evaluator(network);
  const auto inputs = random_inputs(network, 1, 256);
  for (auto _ : state)
    for (std::size_t e = 0; e < 256; ++e)
      benchmark::DoNotOptimize(evaluator.evaluate_layers(std::span(inputs).subspan(e * 144, 144)));
  state.SetItemsProcessed(state.iterations() * 256);
}
BENCHMARK(evaluate_student_one_by_one)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lutra
