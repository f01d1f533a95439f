#include "onnx/export.h"

#include <algorithm>
#include <cmath>

#include "base/artifact.h"
#include "base/error.h"
#include "fixed/interval.h"
#include "onnx/graph.h"

namespace lutra::onnx {
namespace {

[[noreturn]] void cannot(const Layer& layer, const std::string& problem, const std::string& why) {
  throw Error("layer \"" + layer.name + "\" cannot be written as QONNX: " + problem, why,
              "Keep the network as network.json");
}

class Exporter {
 public:
  explicit Exporter(const Network& network) : network_(network), info_(check(network)) {}

  std::string run() {
    const Shape& in = network_.input;
    if (one_bit_signed(network_.input_format))
      throw Error("the input format s1 has no Quant node", "one signed bit means -1 and +1 in QONNX", "Use u1 or s2");
    graph_.inputs.push_back({"input", dims(in, rank_of(in))});
    const std::string input =
        add_quant("input", network_.input_format, {network_.input_format.frac}, 1, Rounding::half_even);
    tensors_.push_back({input, in, rank_of(in)});
    for (layer_index_ = 0; layer_index_ < network_.layers.size(); ++layer_index_) add_layer();
    const Written& last = tensors_.back();
    graph_.outputs.push_back({last.name, dims(last.shape, last.rank)});
    return serialize_graph(graph_, network_.name);
  }

 private:
  /// A tensor of the graph that holds a layer's output; tensors_[0] is the input, tensors_[i + 1] layer i.
  struct Written {
    std::string name;
    Shape shape;
    int rank;
  };

  static int rank_of(const Shape& s) { return s.rows * s.cols == 1 ? 2 : 4; }
  static std::vector<std::int64_t> dims(const Shape& s, int rank) {
    if (rank == 2) return {1, s.size()};
    return {1, s.channels, s.rows, s.cols};
  }

  const Layer& layer() const { return network_.layers[layer_index_]; }

  std::string add_node(const std::string& type, std::vector<std::string> inputs,
                       std::map<std::string, AttributeValue> attributes = {}) {
    Node node;
    node.position = static_cast<int>(graph_.nodes.size());
    node.type = type;
    node.name = type + "_" + std::to_string(node.position);
    node.inputs = std::move(inputs);
    node.outputs = {"t" + std::to_string(node.position)};
    node.attributes = std::move(attributes);
    if (type == "Quant") node.domain = qonnx_domain;
    graph_.nodes.push_back(node);
    return node.outputs[0];
  }

  std::string add_constant(Tensor tensor) {
    if (!tensor.integer)
      for (const double v : tensor.values)
        if (static_cast<double>(static_cast<float>(v)) != v)
          cannot(layer(), "a constant needs more than 24 bits", std::to_string(v));
    const std::string name = "c" + std::to_string(graph_.constants.size());
    graph_.constants[name] = std::move(tensor);
    return name;
  }

  /// One value, or one per channel of a tensor of the given rank whose channel axis is `axis`.
  std::string add_list(const std::vector<double>& values, int rank, std::size_t axis) {
    if (values.size() == 1) return add_constant(scalar(values[0]));
    std::vector<std::int64_t> shape(static_cast<std::size_t>(rank), 1);
    shape[axis] = static_cast<std::int64_t>(values.size());
    return add_constant({shape, values, false});
  }

  std::string add_quant(const std::string& input, Format format, const std::vector<int>& fracs, std::size_t axis,
                        Rounding rounding, int rank = 4) {
    std::vector<double> scales;
    for (const int frac : fracs) scales.push_back(std::ldexp(1, -frac));
    const std::string scale = add_list(scales, rank, axis);
    const std::string zero = add_constant(scalar(0));
    const std::string bits = add_constant(scalar(format.bits));
    return add_node("Quant", {input, scale, zero, bits},
                    {{"signed", std::int64_t{format.is_signed}},
                     {"narrow", std::int64_t{0}},
                     {"rounding_mode", std::string(rounding == Rounding::down ? "FLOOR" : "ROUND")}});
  }

  /// s1 holds -1 and 0, but signed one-bit quantization means -1 and +1 in QONNX.
  static bool one_bit_signed(Format format) { return format.is_signed && format.bits == 1; }

  std::string as_rank(const Written& t, int rank) {
    if (t.rank == rank) return t.name;
    if (rank == 2) return add_node("Flatten", {t.name});
    Tensor shape{{4},
                 {1, static_cast<double>(t.shape.channels), static_cast<double>(t.shape.rows),
                  static_cast<double>(t.shape.cols)},
                 true};
    return add_node("Reshape", {t.name, add_constant(shape)});
  }

  const Written& input(std::size_t i) const { return tensors_[static_cast<std::size_t>(layer().inputs[i] + 1)]; }

  void add_layer() {
    const Layer& l = layer();
    const Shape out = info_[layer_index_].shape;
    int rank = 4;
    for (std::size_t i = 0; i < l.inputs.size(); ++i) rank = std::min(rank, input(i).rank);
    if (l.op == Op::dense || l.op == Op::flatten || l.op == Op::argmax) rank = 2;
    if (l.op == Op::conv || l.op == Op::max_pool || l.op == Op::avg_pool) rank = 4;
    if (rank == 2 && (l.op == Op::add || l.op == Op::concat) && out.rows * out.cols > 1) rank = 4;
    std::vector<std::string> inputs;
    for (std::size_t i = 0; i < l.inputs.size(); ++i) inputs.push_back(as_rank(input(i), rank));
    std::string name = add_operation(inputs, input(0).shape);
    tensors_.push_back({add_end(std::move(name), rank), out, rank});
  }

  std::string add_operation(const std::vector<std::string>& inputs, const Shape& in) {
    const Layer& l = layer();
    switch (l.op) {
      case Op::dense:
        return add_node("MatMul", {inputs[0], add_node("Transpose", {add_weights({l.out_channels, in.size()})},
                                                       {{"perm", std::vector<std::int64_t>{1, 0}}})});
      case Op::conv:
        return add_node("Conv",
                        {inputs[0], add_weights({l.out_channels, in.channels / l.window.groups, l.window.kernel_rows,
                                                 l.window.kernel_cols})},
                        window_attributes(true));
      case Op::max_pool:
        return add_node("MaxPool", inputs, window_attributes(false));
      case Op::avg_pool:
        return add_node("AveragePool", inputs, window_attributes(false));
      case Op::add:
        return inputs.size() == 1 ? inputs[0] : add_sum(inputs);
      case Op::concat:
        return add_node("Concat", inputs, {{"axis", std::int64_t{1}}});
      case Op::argmax:
        return add_node("ArgMax", inputs, {{"axis", std::int64_t{1}}, {"keepdims", std::int64_t{1}}});
      case Op::activation:
      case Op::flatten:
        return inputs[0];
      case Op::table:
        cannot(l, "it is a table", "");
    }
    cannot(l, "unknown kind", "");
  }

  std::string add_sum(const std::vector<std::string>& inputs) {
    std::string sum = inputs[0];
    for (std::size_t i = 1; i < inputs.size(); ++i) sum = add_node("Add", {sum, inputs[i]});
    return sum;
  }

  std::map<std::string, AttributeValue> window_attributes(bool grouped) const {
    const Window& w = layer().window;
    const auto list = [](std::vector<std::int64_t> v) { return AttributeValue(std::move(v)); };
    std::map<std::string, AttributeValue> attributes = {
        {"kernel_shape", list({w.kernel_rows, w.kernel_cols})},
        {"strides", list({w.stride_rows, w.stride_cols})},
        {"pads", list({w.pad_top, w.pad_left, w.pad_bottom, w.pad_right})}};
    if (grouped) attributes["group"] = std::int64_t{w.groups};
    return attributes;
  }

  std::string add_weights(const std::vector<std::int64_t>& shape) {
    const Layer& l = layer();
    constexpr std::int64_t max_weight = 1 << 16;
    Tensor weights{shape, {}, false};
    const std::size_t per_channel = l.weights.size() / static_cast<std::size_t>(l.out_channels);
    Interval range;
    for (std::size_t i = 0; i < l.weights.size(); ++i) {
      if (std::abs(l.weights[i]) > max_weight)
        cannot(l, "a weight needs more than 16 bits", std::to_string(l.weights[i]));
      weights.values.push_back(to_real(l.weights[i], l.weight_frac[i / per_channel]));
      range = hull(range, {l.weights[i], l.weights[i]});
    }
    const Format format{smallest_format(hull(range, {-1, 1}), 0).bits, 0, true};
    return add_quant(add_constant(weights), format, l.weight_frac, 0, Rounding::half_even,
                     static_cast<int>(shape.size()));
  }

  /// Bias, ReLU and quantizer.
  std::string add_end(std::string name, int rank) {
    const Layer& l = layer();
    const bool half_up = !l.output.empty() && l.output[0].rounding == Rounding::half_up;
    std::vector<double> summand(std::max({std::size_t{1}, l.bias.size(), half_up ? l.output.size() : 1}), 0);
    for (std::size_t c = 0; c < summand.size(); ++c) {
      if (!l.bias.empty()) summand[c] = to_real(l.bias[c], l.bias_frac[c]);
      if (half_up) summand[c] += std::ldexp(0.5, -l.output[l.output.size() == 1 ? 0 : c].format.frac);
    }
    if (std::any_of(summand.begin(), summand.end(), [](double v) { return v != 0; }))
      name = add_node("Add", {name, add_list(summand, rank, 1)});
    if (l.relu) name = add_node("Relu", {name});
    if (l.output.empty()) return name;
    std::vector<int> fracs;
    for (const Quantizer& q : l.output) {
      const Quantizer& first = l.output[0];
      if (q.overflow == Overflow::wrap) cannot(l, "its values wrap around", "");
      if (q.format.bits != first.format.bits || q.format.is_signed != first.format.is_signed ||
          q.rounding != first.rounding)
        cannot(l, "its channels have different formats", "");
      if (one_bit_signed(q.format) || q.format.bits > 32)
        cannot(l, "its format has no Quant node", to_string(q.format));
      fracs.push_back(q.format.frac);
    }
    return add_quant(name, l.output[0].format, fracs, 1, half_up ? Rounding::down : l.output[0].rounding, rank);
  }

  const Network& network_;
  std::vector<LayerInfo> info_;
  Graph graph_;
  std::vector<Written> tensors_;
  std::size_t layer_index_ = 0;
};

}  // namespace

std::string export_network(const Network& network) { return Exporter(network).run(); }

void write_onnx(const std::filesystem::path& path, const Network& network) {
  write_text_atomically(path, export_network(network));
}

}  // namespace lutra::onnx
