// Images per second of one training step of the 4-bit student, quantizers on, one thread: the dedicated kernel against
// the same network in plain eager libtorch operators.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include <cmath>

#include "student/student_init.h"
#include "student/student_objective.h"
#include "train/adam.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

constexpr std::size_t batch = 1024;

struct Bench {
  Dataset data = toy_fragments(4096, 1);
  StudentConfig config;
  StudentLayout layout = lay_out(config, data);
  Samples samples = make_samples(data, config.train);
  Guidance guidance{{}, {}, layout.parameters};
  std::vector<float> parameters = initial_student(layout, guidance, samples, 1, 0);
  StudentFormats formats = choose_formats(layout, config, parameters);
};

void kernel_step(benchmark::State& state) {
  Bench b;
  const UniformQuantizer quantizer(b.layout, b.formats, b.config.slope_outside);
  const StudentObjective objective(b.config, b.layout, b.samples, b.guidance, quantizer);
  const auto events = std::span<const std::uint32_t>(b.samples.train).first(batch);
  Adam adam(b.parameters.size());
  for (auto _ : state) {
    std::vector<float> gradient(b.parameters.size());
    objective.add_gradient(b.parameters, events, objective.weights(0), 1.0 / batch, gradient);
    step(adam, b.parameters, gradient, 1e-3, 0, {});
    objective.project(b.parameters);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * batch));
}
BENCHMARK(kernel_step)->Unit(benchmark::kMillisecond);

/// Straight-through rounding as one writes it with tensor operators.
at::Tensor fake_quantize(const at::Tensor& x, Format format) {
  const double scale = std::ldexp(1.0, format.frac);
  const at::Tensor clipped =
      x.clamp(static_cast<double>(format.min()) / scale, static_cast<double>(format.max()) / scale);
  return clipped + (at::round(clipped * scale) / scale - clipped).detach();
}

struct EagerStudent {
  std::vector<at::Tensor> weights, biases;
  at::Tensor forward(const Bench& b, at::Tensor x) const {
    for (std::size_t k = 0; k < weights.size(); ++k) {
      const at::Tensor weight = fake_quantize(weights[k], b.formats[k].weight);
      x = b.layout.layers[k].op == Op::conv ? at::conv2d(x, weight, biases[k])
                                            : at::linear(x.flatten(1), weight, biases[k]);
      x = fake_quantize(k + 1 < weights.size() ? at::relu(x) : x, b.formats[k].output.format);
    }
    return x;
  }
};

EagerStudent eager_student(const Bench& b) {
  EagerStudent student;
  for (const StudentLayer& layer : b.layout.layers) {
    const auto tensor = [&](std::size_t from, std::size_t to) {
      return at::tensor(at::ArrayRef<float>(&b.parameters[from], to - from));
    };
    const at::Tensor weight = tensor(layer.weight, layer.bias);
    const std::int64_t channels = layer.map.channels;
    student.weights.push_back((layer.op == Op::conv ? weight.view({channels, -1, 3, 3}) : weight.view({channels, -1}))
                                  .clone()
                                  .set_requires_grad(true));
    student.biases.push_back(
        tensor(layer.bias, layer.bias + static_cast<std::size_t>(channels)).set_requires_grad(true));
  }
  return student;
}

void eager_step(benchmark::State& state) {
  at::set_num_threads(1);
  const Bench b;
  const EagerStudent student = eager_student(b);
  std::vector<at::Tensor> leaves = student.weights;
  leaves.insert(leaves.end(), student.biases.begin(), student.biases.end());
  std::vector<at::Tensor> mean, variance;
  for (const at::Tensor& leaf : leaves) {
    mean.push_back(at::zeros_like(leaf));
    variance.push_back(at::zeros_like(leaf));
  }
  std::vector<float> pixels;
  for (std::size_t i = 0; i < batch * 144; ++i) pixels.push_back(static_cast<float>(b.data.inputs[i]) / 2);
  const at::Tensor images = at::from_blob(pixels.data(), {static_cast<std::int64_t>(batch), 1, 9, 16}, at::kFloat);
  const at::Tensor truth = at::rand({static_cast<std::int64_t>(batch), 2});
  for (auto _ : state) {
    const at::Tensor error = student.forward(b, images) - truth;
    const auto slopes = torch::autograd::grad({(error * error).mean()}, leaves);
    const at::NoGradGuard no_gradient;
    for (std::size_t k = 0; k < leaves.size(); ++k) {
      mean[k].mul_(0.9).add_(slopes[k], 0.1);
      variance[k].mul_(0.999).addcmul_(slopes[k], slopes[k], 0.001);
      leaves[k].addcdiv_(mean[k], variance[k].sqrt().add_(1e-8), -1e-3);
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * batch));
}
BENCHMARK(eager_step)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lutra
