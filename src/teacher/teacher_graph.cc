#include "teacher/teacher_graph.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/csrc/autograd/variable.h>

namespace lutra {
namespace {

/// On the CPU a view of the values, else a copy of them on the device.
at::Tensor view_of(std::span<const float> values, at::IntArrayRef shape, Device device) {
  const at::Tensor view = at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat);
  return device == Device::cuda ? view.to(at::kCUDA) : view;
}

struct Parameters {
  std::vector<at::Tensor> weights, biases;
};

Parameters parameters_of(const std::vector<TeacherLayer>& layers, Device device, std::span<const float> flat,
                         bool with_gradient) {
  Parameters parameters;
  for (const TeacherLayer& layer : layers) {
    const std::size_t weights = layer.bias - layer.weight;
    const at::Tensor weight = layer.dense
                                  ? view_of(flat.subspan(layer.weight, weights), {layer.channels, layer.inputs}, device)
                                  : view_of(flat.subspan(layer.weight, weights),
                                            {layer.channels, layer.inputs / (layer.kernel_rows * layer.kernel_cols),
                                             layer.kernel_rows, layer.kernel_cols},
                                            device);
    const at::Tensor bias =
        view_of(flat.subspan(layer.bias, static_cast<std::size_t>(layer.channels)), {layer.channels}, device);
    parameters.weights.push_back(weight.clone().set_requires_grad(with_gradient));
    parameters.biases.push_back(bias.clone().set_requires_grad(with_gradient));
  }
  return parameters;
}

/// How the operators are called decides their speed, and the order of sums with it: each plan has its own way.
/// Fragments are small, whole images are not: their poolings are much faster with channels last, and their dense layers
/// as convolutions (which oneDNN does, where at::linear falls back to the BLAS that libtorch was linked with).
at::Tensor pooled(TeacherPlan plan, const TeacherLayer& layer, const at::Tensor& x) {
  return at::max_pool2d(plan == TeacherPlan::image ? x.contiguous(at::MemoryFormat::ChannelsLast) : x,
                        {layer.pool_rows, layer.pool_cols});
}

at::Tensor dense(TeacherPlan plan, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  if (plan == TeacherPlan::fragment) return at::linear(x.flatten(1), weight, bias);
  const at::Tensor map = x.dim() == 4 ? x : x.unsqueeze(2).unsqueeze(3);
  return at::conv2d(map, weight.view({weight.size(0), map.size(1), map.size(2), map.size(3)}), bias).flatten(1);
}

/// Values before the ReLU of every layer; the last one is the output.
std::vector<at::Tensor> forward(TeacherPlan plan, const std::vector<TeacherLayer>& layers, const Parameters& p,
                                at::Tensor x) {
  std::vector<at::Tensor> maps;
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const TeacherLayer& layer = layers[k];
    if (layer.pool_rows * layer.pool_cols > 1) x = pooled(plan, layer, x);
    if (k > 0) x = at::relu(x);
    maps.push_back(layer.dense ? dense(plan, x, p.weights[k], p.biases[k])
                               : at::conv2d(x, p.weights[k], p.biases[k], {1, layer.stride_cols},
                                            {layer.kernel_rows / 2, layer.kernel_cols / 2}));
    x = maps.back();
  }
  return maps;
}

at::Tensor images(const TeacherShape& shape, Device device, std::span<const float> inputs) {
  const auto events = static_cast<std::int64_t>(inputs.size()) / (shape.rows * shape.cols);
  return view_of(inputs, {events, 1, shape.rows, shape.cols}, device);
}

/// Several shards run side by side on Lutra's threads; torch's own would change the order of sums.
void single_threaded() { at::set_num_threads(1); }

}  // namespace

double add_teacher_gradient(const TeacherShape& shape, Device device, std::span<const float> parameters,
                            std::span<const float> inputs, std::span<const float> truth, std::span<const float> weight,
                            double scale, std::span<float> gradient) {
  single_threaded();
  const auto layers = teacher_layers(shape);
  Parameters p = parameters_of(layers, device, parameters, true);
  const at::Tensor out = forward(shape.plan, layers, p, images(shape, device, inputs)).back();
  const at::Tensor error = out - view_of(truth, {out.size(0), shape.targets}, device);
  const at::Tensor loss = (error * error * view_of(weight, {out.size(0), shape.targets}, device)).sum() / shape.targets;

  std::vector<at::Tensor> leaves = p.weights;
  leaves.insert(leaves.end(), p.biases.begin(), p.biases.end());
  const auto slopes = torch::autograd::grad({loss}, leaves);
  for (std::size_t k = 0; k < leaves.size(); ++k) {
    const TeacherLayer& layer = layers[k % layers.size()];
    const std::size_t offset = k < layers.size() ? layer.weight : layer.bias;
    const at::Tensor slope = slopes[k].to(at::kCPU).contiguous();
    const float* from = slope.data_ptr<float>();
    for (std::int64_t i = 0; i < slope.numel(); ++i)
      gradient[offset + static_cast<std::size_t>(i)] += static_cast<float>(scale) * from[i];
  }
  return loss.item<double>();
}

std::vector<float> run_teacher(const TeacherShape& shape, Device device, std::span<const float> parameters,
                               std::span<const float> inputs, std::span<const int> wanted,
                               std::vector<std::vector<float>>* maps) {
  single_threaded();
  const at::NoGradGuard no_gradient;
  const auto layers = teacher_layers(shape);
  const auto all =
      forward(shape.plan, layers, parameters_of(layers, device, parameters, false), images(shape, device, inputs));
  const auto copy = [](const at::Tensor& tensor) {
    const at::Tensor whole = tensor.to(at::kCPU).contiguous();
    return std::vector<float>(whole.data_ptr<float>(), whole.data_ptr<float>() + whole.numel());
  };
  if (maps) maps->resize(layers.size());
  for (const int k : wanted) (*maps)[static_cast<std::size_t>(k)] = copy(all[static_cast<std::size_t>(k)]);
  return copy(all.back());
}

}  // namespace lutra
