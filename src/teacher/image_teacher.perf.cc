// Images per second of one training step of the teacher of whole images, one thread, by the events per call of torch.
#include <benchmark/benchmark.h>

#include "base/random.h"
#include "teacher/teacher_graph.h"

namespace lutra {
namespace {

constexpr TeacherShape shape{9, 384, 2, TeacherPlan::image};

void image_teacher_step(benchmark::State& state) {
  const auto events = static_cast<std::size_t>(state.range(0));
  Random random(1, RandomStream::verify, 0);
  std::vector<float> parameters(teacher_parameters(shape)), images(events * 9 * 384), truth(2 * events, 0.5f);
  for (float& p : parameters) p = static_cast<float>(0.05 * random.normal());
  for (float& pixel : images) pixel = random.chance(0.01) ? 1.0f : 0.0f;
  const std::vector<float> weight(2 * events, 1.0f);
  std::vector<float> gradient(parameters.size());
  for (auto _ : state)
    benchmark::DoNotOptimize(
        add_teacher_gradient(shape, Device::cpu, parameters, images, truth, weight, 1e-3, gradient));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(image_teacher_step)->Arg(8)->Arg(16)->Arg(32)->Arg(64)->Arg(128)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lutra
