#include "model/layer_geometry.h"

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <set>

#include "base/error.h"

namespace lutra {
namespace {

constexpr int max_side = 1 << 16;
constexpr std::int64_t max_elements = 1 << 24;  // of a map or a kernel

[[noreturn]] void bad(const Layer& layer, const std::string& problem, const std::string& why = "") {
  throw Error("layer \"" + layer.name + "\" is impossible: " + problem, why, "");
}

void check_shape(const Shape& shape, const std::string& what) {
  for (const int side : {shape.channels, shape.rows, shape.cols})
    if (side < 1 || side > max_side)
      throw Error(what + " has an impossible shape", "a side of " + std::to_string(side), "");
  const std::int64_t size = std::int64_t{shape.channels} * shape.rows * shape.cols;
  if (size > max_elements) throw Error(what + " is too large", std::to_string(size) + " elements", "");
}

int one_axis(const Layer& layer, int size, int kernel, int stride, int before, int after) {
  const int steps = size + before + after - kernel;
  if (steps < 0) bad(layer, "its window is larger than its input");
  return steps / stride + 1;
}

void check_window(const Layer& layer) {
  const Window& w = layer.window;
  for (const int v : {w.kernel_rows, w.kernel_cols, w.stride_rows, w.stride_cols, w.groups})
    if (v < 1 || v > max_side) bad(layer, "kernel, stride and groups must be from 1 to 65536");
  if (std::int64_t{w.kernel_rows} * w.kernel_cols > max_elements) bad(layer, "its kernel has more than 2^24 cells");
  for (const auto& [pad, kernel] : {std::pair{w.pad_top, w.kernel_rows},
                                    {w.pad_bottom, w.kernel_rows},
                                    {w.pad_left, w.kernel_cols},
                                    {w.pad_right, w.kernel_cols}})
    if (pad < 0 || pad >= kernel) bad(layer, "padding must be at least 0 and smaller than the kernel");
}

Shape slide(const Layer& layer, const Shape& in, int channels) {
  check_window(layer);
  const Window& w = layer.window;
  return {channels, one_axis(layer, in.rows, w.kernel_rows, w.stride_rows, w.pad_top, w.pad_bottom),
          one_axis(layer, in.cols, w.kernel_cols, w.stride_cols, w.pad_left, w.pad_right)};
}

void check_weights(const Layer& layer, std::int64_t per_channel) {
  if (layer.out_channels < 1 || layer.out_channels > max_side) bad(layer, "it has no output channels");
  const auto channels = static_cast<std::size_t>(layer.out_channels);
  const std::size_t needed = channels * static_cast<std::size_t>(per_channel);
  if (layer.weights.size() != needed)
    bad(layer, "it has " + std::to_string(layer.weights.size()) + " weights", std::to_string(needed) + " are needed");
  for (const std::size_t size : {layer.weight_frac.size(), layer.bias.size(), layer.bias_frac.size()})
    if (size != channels) bad(layer, "weight_frac, bias and bias_frac need one entry per output channel");
  for (const auto* fracs : {&layer.weight_frac, &layer.bias_frac})
    for (const int frac : *fracs)
      if (std::abs(frac) > 62) bad(layer, "a scale is outside 2^-62 .. 2^62");
  if (layer.output.empty()) bad(layer, "it needs an output format");
}

Shape conv_shape(const Layer& layer, const Shape& in) {
  const Shape out = slide(layer, in, layer.out_channels);
  if (in.channels % layer.window.groups != 0 || layer.out_channels % layer.window.groups != 0)
    bad(layer, "its channels do not divide into " + std::to_string(layer.window.groups) + " groups");
  check_weights(layer,
                std::int64_t{in.channels / layer.window.groups} * layer.window.kernel_rows * layer.window.kernel_cols);
  return out;
}

Shape pool_shape(const Layer& layer, const Shape& in) {
  const Shape out = slide(layer, in, in.channels);
  if (layer.op == Op::max_pool) return out;
  const Window& w = layer.window;
  if (!std::has_single_bit(static_cast<unsigned>(w.kernel_rows * w.kernel_cols)))
    bad(layer, "average pooling is exact for 1, 2, 4, 8, ... cells only");
  if (w.pad_top + w.pad_bottom + w.pad_left + w.pad_right > 0) bad(layer, "average pooling cannot be padded");
  return out;
}

Shape joined_shape(const Layer& layer, std::span<const Shape> inputs) {
  Shape out = inputs[0];
  for (const Shape& s : inputs.subspan(1)) {
    if (layer.op == Op::add && s != out) bad(layer, "it adds maps of different shapes");
    if (layer.op == Op::concat && (s.rows != out.rows || s.cols != out.cols))
      bad(layer, "it joins maps of different sizes");
    if (layer.op == Op::concat) out.channels += s.channels;
  }
  return out;
}

Shape raw_shape(const Layer& layer, std::span<const Shape> inputs) {
  const Shape& in = inputs[0];
  switch (layer.op) {
    case Op::dense:
      check_weights(layer, in.size());
      return {layer.out_channels, 1, 1};
    case Op::conv:
      return conv_shape(layer, in);
    case Op::max_pool:
    case Op::avg_pool:
      return pool_shape(layer, in);
    case Op::activation:
      return in;
    case Op::table:
      if (const std::size_t tables = layer.table.size(); tables != 1 &&
                                                         tables != static_cast<std::size_t>(in.channels) &&
                                                         tables != static_cast<std::size_t>(in.size()))
        bad(layer, "it needs one table, one per channel, or one per element");
      return in;
    case Op::flatten:
      return {in.size(), 1, 1};
    case Op::add:
    case Op::concat:
      return joined_shape(layer, inputs);
    case Op::argmax:
      return {1, 1, 1};
  }
  bad(layer, "unknown kind");
}

}  // namespace

void check_structure(const Network& network) {
  check_shape(network.input, "the input");
  if (network.input_format.min() < INT16_MIN || network.input_format.max() > INT16_MAX)
    throw Error("the input has the impossible format " + to_string(network.input_format),
                "inputs are integers from -32768 to 32767", "");
  if (network.layers.empty()) throw Error("the network has no layers", "", "");
  std::set<std::string> names;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    if (layer.name.empty() || !names.insert(layer.name).second)
      throw Error("layer " + std::to_string(i) + " has no name of its own", "\"" + layer.name + "\"", "");
    const bool joins = layer.op == Op::add || layer.op == Op::concat;
    if (layer.inputs.empty() || (!joins && layer.inputs.size() != 1)) bad(layer, "wrong number of inputs");
    const bool moves =
        layer.op == Op::max_pool || layer.op == Op::flatten || layer.op == Op::concat || layer.op == Op::argmax;
    if ((moves && !layer.output.empty()) || ((moves || layer.op == Op::table) && layer.relu))
      bad(layer, "a " + to_string(layer.op) + " layer only moves values: no ReLU or output format");
    for (const int source : layer.inputs)
      if (source < network_input || source >= static_cast<int>(i)) bad(layer, "an input is not an earlier layer");
  }
}

Shape output_shape(const Layer& layer, std::span<const Shape> inputs) {
  const Shape shape = raw_shape(layer, inputs);
  check_shape(shape, "layer \"" + layer.name + "\"");
  if (layer.output.size() > 1 && layer.output.size() != static_cast<std::size_t>(shape.channels))
    bad(layer, "it needs one output format, or one per channel");
  return shape;
}

}  // namespace lutra
