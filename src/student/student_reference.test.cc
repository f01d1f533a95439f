// The dedicated kernel against the same quantized student written with plain libtorch operators and autograd.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include <numeric>

#include "base/random.h"
#include "student/student_formats.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

/// Rounds to the format with a straight-through gradient; `outside` is the slope beyond its range.
at::Tensor fake_quantize(const at::Tensor& x, Format format, double outside) {
  const double scale = std::ldexp(1.0, format.frac);
  const auto lo = static_cast<double>(format.min()), hi = static_cast<double>(format.max());
  const at::Tensor value = (at::round(x.detach() * scale)).clamp(lo, hi) / scale;
  const at::Tensor inside = (x.detach() * scale >= lo).logical_and(x.detach() * scale <= hi);
  const at::Tensor slope = at::where(inside, at::ones_like(x), at::full_like(x, outside));
  const at::Tensor through = slope * x;
  return value + (through - through.detach());
}

struct Reference {
  std::vector<at::Tensor> weights, biases;
  at::Tensor output;
};

Reference run_reference(const StudentLayout& layout, const StudentFormats& formats, std::span<const float> parameters,
                        at::Tensor x, double outside) {
  Reference r;
  for (std::size_t k = 0; k < layout.layers.size(); ++k) {
    const StudentLayer& layer = layout.layers[k];
    if (layer.op == Op::max_pool) {
      const Window& w = layer.window;
      x = at::max_pool2d(x, {w.kernel_rows, w.kernel_cols}, {w.stride_rows, w.stride_cols}, {w.pad_top, w.pad_left});
      r.weights.emplace_back();
      r.biases.emplace_back();
      continue;
    }
    const auto tensor = [&](std::size_t from, std::size_t to) {
      return at::tensor(at::ArrayRef<float>(&parameters[from], to - from)).set_requires_grad(true);
    };
    r.weights.push_back(tensor(layer.weight, layer.bias));
    r.biases.push_back(tensor(layer.bias, layer.bias + static_cast<std::size_t>(layer.map.channels)));
    const at::Tensor weight = fake_quantize(r.weights.back(), formats[k].weight, 1);
    const at::Tensor bias = fake_quantize(r.biases.back(), {31, formats[k].bias_frac, true}, 1);
    if (layer.op == Op::conv) {
      const Window& w = layer.window;
      x = at::conv2d(x, weight.view({layer.map.channels, -1, w.kernel_rows, w.kernel_cols}), bias,
                     {w.stride_rows, w.stride_cols}, {w.pad_top, w.pad_left}, 1, w.groups);
    } else {
      x = at::linear(x.flatten(1), weight.view({layer.map.channels, -1}), bias);
    }
    x = fake_quantize(x, formats[k].output.format, outside);
  }
  r.output = x;
  return r;
}

/// Mean-free random parameters whose activations are neither all off nor all saturated.
std::vector<float> lively_parameters(std::size_t n) {
  Random random(17, RandomStream::verify, 0);
  std::vector<float> parameters(n);
  for (float& v : parameters) v = static_cast<float>(0.1 + 0.4 * random.normal());
  return parameters;
}

void compare(const StudentConfig& config) {
  constexpr std::size_t events = 96;
  const Dataset data = toy_fragments(events, 21);
  const StudentLayout layout = lay_out(config, data);
  const auto parameters = lively_parameters(layout.parameters);
  const StudentFormats formats = choose_formats(layout, config, parameters);

  std::vector<float> pixels;
  for (const std::int16_t v : data.inputs) pixels.push_back(static_cast<float>(v) / 2);
  const at::Tensor images = at::from_blob(pixels.data(), {events, 1, 9, 16}, at::kFloat);
  Reference reference = run_reference(layout, formats, parameters, images, 0.05);
  const at::Tensor loss = (reference.output * reference.output).sum();
  std::vector<at::Tensor> leaves;
  for (std::size_t k = 0; k < layout.layers.size(); ++k) {
    if (layout.layers[k].op == Op::max_pool) continue;
    leaves.push_back(reference.weights[k]);
    leaves.push_back(reference.biases[k]);
  }
  const auto slopes = torch::autograd::grad({loss}, leaves);

  const EffectiveStudent student = quantized_student(layout, formats, parameters, 0.05);
  StudentPass pass(layout, student);
  std::vector<std::uint32_t> all(events);
  std::iota(all.begin(), all.end(), 0u);
  for (std::size_t begin = 0; begin < events; begin += tile_events) {
    pass.forward(data, std::span(all).subspan(begin, tile_events));
    for (std::size_t t = 0; t < 2; ++t)
      for (std::size_t e = 0; e < tile_events; ++e) {
        const float out = pass.out(layout.layers.size() - 1)[t].lane[e];
        EXPECT_EQ(out, reference.output[static_cast<long>(begin + e)][static_cast<long>(t)].item<float>());
        pass.output_slopes()[t].lane[e] = 2 * out;
      }
    pass.backward();
  }
  std::vector<float> gradient(layout.parameters);
  pass.add_gradient(gradient);
  std::size_t leaf = 0;
  for (const StudentLayer& layer : layout.layers) {
    if (layer.op == Op::max_pool) continue;
    for (std::size_t i = layer.weight; i < layer.bias + static_cast<std::size_t>(layer.map.channels); ++i) {
      const bool is_bias = i >= layer.bias;
      const at::Tensor& slope = slopes[is_bias ? leaf + 1 : leaf];
      const float want = slope[static_cast<long>(i - (is_bias ? layer.bias : layer.weight))].item<float>();
      EXPECT_NEAR(gradient[i], want, 1e-3 * (1 + std::abs(want))) << layer.name << " parameter " << i;
    }
    leaf += 2;
  }
}

StudentConfig student_of(int bits) {
  StudentConfig config;
  config.bits = bits;
  return config;
}

TEST(StudentReference, KernelEqualsTorchAutogradAt2Bits) { compare(student_of(2)); }
TEST(StudentReference, KernelEqualsTorchAutogradAt4Bits) { compare(student_of(4)); }
TEST(StudentReference, KernelEqualsTorchAutogradAt8Bits) { compare(student_of(8)); }
TEST(StudentReference, KernelEqualsTorchAutogradForTheQuantizedTeacher) { compare(quantized_teacher_config()); }

}  // namespace
}  // namespace lutra
