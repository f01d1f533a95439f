#include "model/random_network.h"

#include <algorithm>

#include "base/random.h"
#include "model/layer_geometry.h"

namespace lutra {
namespace {

class Maker {
 public:
  Maker(std::uint64_t seed, const RandomNetworkOptions& options)
      : random_(seed, RandomStream::verify, 0), options_(options) {}

  Network make() {
    network_.name = "random";
    network_.input = {between(1, 2), between(1, options_.max_side), between(1, options_.max_side)};
    network_.input_format = {between(1, options_.max_value_bits), between(-1, 4), random_.chance(0.4)};
    shapes_.clear();
    const int layers = between(1, options_.max_layers);
    for (int i = 0; i < layers; ++i) add_random();
    if (random_.chance(0.2)) add(Op::argmax);
    return std::move(network_);
  }

 private:
  int between(int lo, int hi) { return lo + static_cast<int>(random_.below(static_cast<std::uint32_t>(hi - lo + 1))); }

  Shape current() const { return shapes_.empty() ? network_.input : shapes_.back(); }
  int last() const { return static_cast<int>(network_.layers.size()) - 1; }

  Quantizer quantizer() {
    return {{between(1, options_.max_value_bits), between(-1, 5), random_.chance(0.4)},
            static_cast<Rounding>(between(0, 2)),
            random_.chance(0.8) ? Overflow::saturate : Overflow::wrap};
  }

  void add_random() {
    switch (between(0, 8)) {
      case 0:
        return add(Op::dense);
      case 1:
      case 2:
        return add(Op::conv);
      case 3:
        return add(Op::max_pool);
      case 4:
        return add(Op::avg_pool);
      case 5:
        return add(Op::activation);
      case 6:
        return add(Op::table);
      case 7:
        return add(Op::flatten);
      default:
        return add_join();
    }
  }

  /// add or concat of the current map with a quantized copy of itself.
  void add_join() {
    const int before = last();
    add(Op::activation);
    add(random_.chance(0.5) ? Op::add : Op::concat);
    network_.layers.back().inputs.push_back(before);
    finish_shape();
  }

  void add(Op op) {
    Layer layer;
    layer.name = to_string(op) + std::to_string(network_.layers.size());
    layer.op = op;
    layer.inputs = {last()};
    const bool computes =
        op == Op::dense || op == Op::conv || op == Op::avg_pool || op == Op::activation || op == Op::add;
    layer.relu = computes && random_.chance(0.5);
    if (op == Op::conv || op == Op::max_pool || op == Op::avg_pool) layer.window = window(op);
    if (op == Op::dense || op == Op::conv) fill_weights(layer);
    if (op == Op::dense || op == Op::conv || op == Op::activation || op == Op::table) layer.output = {quantizer()};
    if (op == Op::avg_pool || op == Op::add)
      if (random_.chance(0.5)) layer.output = {quantizer()};
    if (layer.op == Op::conv && random_.chance(0.3))
      while (layer.output.size() < static_cast<std::size_t>(layer.out_channels)) layer.output.push_back(quantizer());
    network_.layers.push_back(std::move(layer));
    if (op == Op::table) fill_table();
    if (op == Op::max_pool) separate_formats();
    finish_shape();
  }

  Window window(Op op) {
    const Shape in = current();
    Window w;
    w.kernel_rows = std::min(in.rows, op == Op::avg_pool ? 1 << between(0, 1) : between(1, 3));
    w.kernel_cols = std::min(in.cols, op == Op::avg_pool ? 1 << between(0, 1) : between(1, 3));
    w.stride_rows = between(1, 2);
    w.stride_cols = between(1, 2);
    if (op != Op::avg_pool) {
      w.pad_top = between(0, w.kernel_rows - 1);
      w.pad_right = between(0, w.kernel_cols - 1);
    }
    if (op == Op::conv && in.channels % 2 == 0 && random_.chance(0.3)) w.groups = 2;
    return w;
  }

  void fill_weights(Layer& layer) {
    const Shape in = current();
    layer.out_channels = between(1, options_.max_channels) * layer.window.groups;
    const int per_channel =
        layer.op == Op::dense ? in.size()
                              : in.channels / layer.window.groups * layer.window.kernel_rows * layer.window.kernel_cols;
    const int top = (1 << between(0, options_.max_weight_bits - 1)) - 1;
    for (int c = 0; c < layer.out_channels; ++c) {
      for (int i = 0; i < per_channel; ++i) layer.weights.push_back(random_.chance(0.3) ? 0 : between(-top - 1, top));
      layer.weight_frac.push_back(between(0, 5));
      layer.bias.push_back(between(-40, 40));
      layer.bias_frac.push_back(between(0, 6));
    }
  }

  /// Tables need narrow inputs: an activation in front makes them so.
  void fill_table() {
    Layer table = std::move(network_.layers.back());
    network_.layers.pop_back();
    add(Op::activation);
    network_.layers.back().output = {{{between(1, 4), between(-1, 3), random_.chance(0.5)}}};
    const Format in = network_.layers.back().output[0].format;
    const Format out = table.output[0].format;
    table.name = "table" + std::to_string(network_.layers.size());
    table.inputs = {last()};
    table.table.emplace_back();
    for (int i = 0; i < 1 << in.bits; ++i)
      table.table[0].push_back(between(static_cast<int>(out.min()), static_cast<int>(out.max())));
    network_.layers.push_back(std::move(table));
  }

  /// Max pooling needs one format in a channel, which a flatten or concat before it may have mixed.
  void separate_formats() {
    Layer pool = std::move(network_.layers.back());
    network_.layers.pop_back();
    add(Op::activation);
    pool.name = "max_pool" + std::to_string(network_.layers.size());
    pool.inputs = {last()};
    network_.layers.push_back(std::move(pool));
  }

  void finish_shape() {
    while (shapes_.size() < network_.layers.size()) shapes_.emplace_back();
    std::vector<Shape> inputs;
    const Layer& layer = network_.layers.back();
    for (const int source : layer.inputs)
      inputs.push_back(source == network_input ? network_.input : shapes_[static_cast<std::size_t>(source)]);
    shapes_.back() = output_shape(layer, inputs);
  }

  Random random_;
  RandomNetworkOptions options_;
  Network network_;
  std::vector<Shape> shapes_;
};

}  // namespace

Network random_network(std::uint64_t seed, const RandomNetworkOptions& options) { return Maker(seed, options).make(); }

std::vector<std::int16_t> random_inputs(const Network& network, std::uint64_t seed, std::size_t events) {
  const Format format = network.input_format;
  const auto size = static_cast<std::size_t>(network.input.size());
  std::vector<std::int16_t> inputs(events * size);
  const auto span = static_cast<std::uint32_t>(format.max() - format.min() + 1);
  for (std::size_t e = 0; e < events; ++e) {
    Random random(seed, RandomStream::verify, e + 1);
    for (std::size_t i = 0; i < size; ++i) {
      std::int64_t value = format.min() + random.below(span);
      if (e == 0) value = format.min();
      if (e == 1) value = format.max();
      inputs[e * size + i] = static_cast<std::int16_t>(value);
    }
  }
  return inputs;
}

}  // namespace lutra
