#include "onnx/signal.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/name.h"
#include "model/layer_geometry.h"

namespace lutra::onnx {
namespace {

template <class T>
std::vector<T> repeat_each(const std::vector<T>& list, std::size_t times) {
  std::vector<T> out;
  for (const T& v : list) out.insert(out.end(), times, v);
  return out;
}

/// Products of a layer, for the limit on the size of the unrolled network.
std::int64_t products_of(const Layer& layer, const Shape& shape) {
  const std::int64_t window = std::int64_t{layer.window.kernel_rows} * layer.window.kernel_cols;
  if (layer.op == Op::dense) return static_cast<std::int64_t>(layer.weights.size());
  if (layer.op == Op::conv) return static_cast<std::int64_t>(layer.weights.size()) * shape.rows * shape.cols;
  return shape.size() * window;
}

}  // namespace

double Signal::value(std::size_t channel, std::int64_t integer) const {
  const double x = std::ldexp(static_cast<double>(integer), -format[channel].frac);
  return apply(steps, channel, scale[channel] * (x + zero[channel]));
}

Signal plain_signal(int layer, Shape shape, std::size_t rank, std::vector<Format> format, std::vector<Interval> range) {
  Signal s;
  s.layer = layer;
  s.shape = shape;
  s.rank = rank;
  s.format = std::move(format);
  s.range = std::move(range);
  s.scale.assign(s.channels(), 1);
  s.zero.assign(s.channels(), 0);
  return s;
}

void flatten_channels(Signal& s) {
  const auto cells = static_cast<std::size_t>(s.shape.rows * s.shape.cols);
  s.shape = {s.shape.size(), 1, 1};
  s.rank = 2;
  s.format = repeat_each(s.format, cells);
  s.range = repeat_each(s.range, cells);
  s.scale = repeat_each(s.scale, cells);
  s.zero = repeat_each(s.zero, cells);
  for (Step& step : s.steps) {
    step.a = repeat_each(step.a, cells);
    step.b = repeat_each(step.b, cells);
  }
}

std::vector<double> per_channel(const Signal& s, const Tensor& constant) {
  if (constant.size() == 1) return one_per_channel(s, constant);
  // Dimensions are aligned at the end; the channel is axis 1.
  const std::size_t rank = constant.dims.size();
  const std::size_t axis = 1 + rank - std::min(rank + 1, s.rank);
  const bool fits = rank <= s.rank && rank + 1 >= s.rank && axis < rank && constant.dims[axis] == s.shape.channels &&
                    constant.size() == s.shape.channels;
  if (!fits)
    throw Error("a constant of shape " + to_string(constant.dims) + " does not have one value per channel",
                std::to_string(s.shape.channels) + " channels", "Use constants per tensor or per channel");
  return one_per_channel(s, constant);
}

std::vector<double> one_per_channel(const Signal& s, const Tensor& constant) {
  for (const double v : constant.values)
    if (!std::isfinite(v)) throw Error("a constant is not a finite number", "", "Check the model's parameters");
  if (constant.size() == 1) return std::vector<double>(s.channels(), constant.values[0]);
  if (constant.size() != s.shape.channels)
    throw Error("it has " + std::to_string(constant.size()) + " parameters for " + std::to_string(s.shape.channels) +
                    " channels",
                "", "");
  return constant.values;
}

std::string Builder::unique(const std::string& name) const {
  const auto taken = [this](const std::string& candidate) {
    return std::any_of(network.layers.begin(), network.layers.end(),
                       [&](const Layer& l) { return l.name == candidate; });
  };
  constexpr std::size_t shown = 54;  // the rest of a name's characters is for the number
  const std::string wanted = name.empty() ? "layer" : made_name(std::string_view(name).substr(0, shown));
  std::string candidate = wanted;
  for (std::size_t n = network.layers.size(); taken(candidate); ++n) candidate = wanted + "_" + std::to_string(n);
  return candidate;
}

int Builder::add(Layer layer, const std::string& name) {
  layer.name = unique(name);
  std::vector<Shape> inputs;
  for (const int source : layer.inputs) inputs.push_back(shape(source));
  shapes_.push_back(output_shape(layer, inputs));
  products_ += products_of(layer, shapes_.back());
  if (products_ > max_products_)
    throw Error("the network is too large for firmware that holds all of it", std::to_string(products_) + " products",
                "Use fewer channels or a smaller input");
  for (const auto& table : layer.table) table_entries_.spend(table.size());
  network.layers.push_back(std::move(layer));
  return static_cast<int>(network.layers.size()) - 1;
}

Shape Builder::shape(int layer) const {
  return layer == network_input ? network.input : shapes_[static_cast<std::size_t>(layer)];
}

bool is_power_of_two(double x, int& exponent) {
  const double mantissa = std::frexp(x, &exponent);
  --exponent;
  return mantissa == 0.5;
}

}  // namespace lutra::onnx
