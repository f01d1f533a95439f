#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "onnx/graph.h"

namespace lutra::onnx {

/// For tests and fuzzing seeds: builds small QONNX graphs node by node; each node reads the last one's output unless
/// told otherwise. Scales have few digits so that real sums are exact in double.
class GraphMaker {
 public:
  GraphMaker(std::uint64_t seed, std::vector<std::int64_t> input_dims)
      : random_(seed, RandomStream::verify, 0), channels_(input_dims[1]), dims_(input_dims) {
    graph_.inputs.push_back({"input", std::move(input_dims)});
  }

  int between(int lo, int hi) { return lo + static_cast<int>(random_.below(static_cast<std::uint32_t>(hi - lo + 1))); }
  bool chance(double p) { return random_.chance(p); }
  const std::string& last() const { return last_; }
  void set_channels(std::int64_t channels) { channels_ = channels; }

  std::string constant(Tensor tensor) {
    const std::string name = "c" + std::to_string(graph_.constants.size());
    graph_.constants[name] = std::move(tensor);
    return name;
  }

  void node(const std::string& type, std::vector<std::string> inputs,
            std::map<std::string, AttributeValue> attributes = {}) {
    Node n;
    n.position = static_cast<int>(graph_.nodes.size());
    n.type = type;
    n.name = type + "_" + std::to_string(n.position);
    n.inputs = std::move(inputs);
    last_ = "t" + std::to_string(n.position);
    n.outputs = {last_};
    n.attributes = std::move(attributes);
    if (type == "Quant" || type == "BipolarQuant") n.domain = chance(0.5) ? "onnx.brevitas" : qonnx_domain;
    graph_.nodes.push_back(n);
  }

  void quant(int bits, bool is_signed, double scale, const std::string& rounding, bool narrow = false,
             double zero = 0) {
    quant_of(last_, scalar(scale), bits, is_signed, rounding, narrow, zero);
  }

  void input_quant() { quant(between(2, 5), chance(0.5), chance(0.5) ? 0.25 : 0.1875, "ROUND"); }

  void dense(int outputs, double scale = 0) {
    const std::string x = last_;
    weights({channels_, outputs}, 1, scale);
    node("MatMul", {x, last_});
    channels_ = outputs;
  }

  void conv(int outputs) {
    const std::string x = last_;
    const std::int64_t k = std::min<std::int64_t>(between(1, 3), std::min(dims_[2], dims_[3]));
    weights({outputs, channels_, k, k}, 0, 0);
    const std::int64_t pad = between(0, static_cast<int>(k) - 1);
    node("Conv", {x, last_},
         {{"pads", std::vector<std::int64_t>{pad, 0, 0, pad}},
          {"strides", std::vector<std::int64_t>{1, between(1, 2)}}});
    dims_[2] += pad - k + 1;
    dims_[3] =
        (dims_[3] + pad - k) / std::get<std::vector<std::int64_t>>(graph_.nodes.back().attributes["strides"])[1] + 1;
    channels_ = outputs;
  }

  void pool(const std::string& type) {
    node(type, {last_},
         {{"kernel_shape", std::vector<std::int64_t>{std::min<std::int64_t>(2, dims_[2]), 1}},
          {"strides", std::vector<std::int64_t>{2, 1}}});
    dims_[2] = (dims_[2] - std::min<std::int64_t>(2, dims_[2])) / 2 + 1;
  }

  void flatten() {
    node("Flatten", {last_});
    channels_ *= dims_[2] * dims_[3];
    dims_ = {1, channels_};
  }

  void random_normalisation() {
    if (chance(0.6))
      normalisation(false);
    else if (chance(0.5))
      node("Add", {last_, list(-2, 2)});
  }

  /// With negative and zero gains too. `expanded` as exporters write it: Sub, Div, Mul, Add.
  void normalisation(bool expanded) {
    const std::string gain = list(-2, 2, !expanded), bias = list(-1, 1, !expanded), mean = list(-3, 3, !expanded),
                      variance = list(0.1, 4, !expanded);
    if (!expanded) return node("BatchNormalization", {last_, gain, bias, mean, variance}, {{"epsilon", 0x1p-10}});
    const std::string x = last_;
    node("Add", {variance, constant(scalar(0x1p-10))});
    node("Pow", {last_, constant(scalar(0.5))});
    const std::string deviation = last_;
    node("Sub", {x, mean});
    node("Div", {last_, deviation});
    node("Mul", {last_, gain});
    node("Add", {last_, bias});
  }

  void random_activation() {
    static constexpr const char* modes[] = {"ROUND", "FLOOR", "CEIL", "DOWN"};
    if (chance(0.2)) return node("BipolarQuant", {last_, constant(scalar(between(1, 9) / 8.0))});
    if (chance(0.1)) return node("Sign", {last_});
    if (chance(0.1))
      node("Sigmoid", {last_});
    else if (chance(0.5))
      node("Relu", {last_});
    const int bits = between(2, 5);
    quant(bits, chance(0.5), chance(0.5) ? 0.125 : between(1, 60) / 128.0, modes[between(0, 3)], chance(0.3),
          chance(0.2) ? between(-2, 2) : 0);
  }

  std::string finish() {
    graph_.outputs.push_back({last_, {}});
    return serialize_graph(graph_, "made");
  }

  std::vector<double> random_input() {
    std::int64_t size = 1;
    for (const std::int64_t d : graph_.inputs[0].dims) size *= d;
    std::vector<double> values;
    for (std::int64_t i = 0; i < size; ++i) values.push_back(random_.uniform(-4, 4));
    return values;
  }

 private:
  void quant_of(const std::string& x, Tensor scale, int bits, bool is_signed, const std::string& rounding, bool narrow,
                double zero) {
    node("Quant", {x, constant(std::move(scale)), constant(scalar(zero)), constant(scalar(bits))},
         {{"signed", std::int64_t{is_signed}}, {"narrow", std::int64_t{narrow}}, {"rounding_mode", rounding}});
  }

  /// Weights through a quantizer with one scale per tensor or per output channel (axis `channel`).
  void weights(std::vector<std::int64_t> dims, std::size_t channel, double scale) {
    Tensor w{dims, {}, false};
    for (std::int64_t i = element_count(dims); i > 0; --i)
      w.values.push_back(static_cast<float>(random_.uniform(-1, 1)));
    const std::string x = constant(w);
    if (scale == 0 && chance(0.2)) return node("BipolarQuant", {x, constant(scalar(0.375))});
    Tensor scales = scalar(scale != 0 ? scale : between(1, 12) / 32.0);
    if (scale == 0 && chance(0.5)) {
      scales.dims.assign(dims.size(), 1);
      scales.dims[channel] = dims[channel];
      scales.values.clear();
      for (std::int64_t i = 0; i < dims[channel]; ++i) scales.values.push_back(between(1, 12) / 32.0);
    }
    quant_of(x, scales, between(2, 5), true, "ROUND", chance(0.5), 0);
  }

  /// A constant with one value per channel; `flat` without axes after the channel.
  std::string list(double lo, double hi, bool flat = false) {
    Tensor t{{channels_}, {}, false};
    if (!flat && dims_.size() == 4) t.dims = {channels_, 1, 1};
    for (std::int64_t i = 0; i < channels_; ++i) t.values.push_back(static_cast<float>(random_.uniform(lo, hi)));
    return constant(t);
  }

  Random random_;
  Graph graph_;
  std::string last_ = "input";
  std::int64_t channels_;
  std::vector<std::int64_t> dims_;
};

}  // namespace lutra::onnx
