#include "onnx/argmax.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/error.h"
#include "onnx/linear.h"
#include "onnx/settle.h"

namespace lutra::onnx {
namespace {

[[noreturn]] void not_comparable(const char* why) {
  throw Error("its channels cannot be compared as integers", why, "Use one scale for all outputs, or put a Quant node before it");
}

/// Biases in units of the integers, each replaced by floor(b) + rank(b - floor(b)) / 2^frac.
struct RankedBias {
  std::vector<std::int64_t> bias;
  int frac = 0;
};

RankedBias ranked(const std::vector<double>& biases) {
  std::vector<double> rests;
  for (const double b : biases) rests.push_back(b - std::floor(b));
  std::vector<double> sorted = rests;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  RankedBias out;
  out.frac = static_cast<int>(std::bit_width(sorted.size() - 1));
  for (std::size_t i = 0; i < biases.size(); ++i) {
    const auto rank = std::lower_bound(sorted.begin(), sorted.end(), rests[i]) - sorted.begin();
    out.bias.push_back((static_cast<std::int64_t>(std::floor(biases[i])) << out.frac) + rank);
  }
  return out;
}

Signal with_bias(Builder& builder, const Signal& in, const RankedBias& ranks, const std::string& name) {
  Signal out = in;
  ScaleLayer scale;
  for (std::size_t c = 0; c < in.channels(); ++c) {
    const int frac = in.format[c].frac + ranks.frac;
    out.range[c] = shift_left(in.range[c], ranks.frac) + Interval{ranks.bias[c], ranks.bias[c]};
    out.format[c] = smallest_format(out.range[c], frac);
    scale.multiplier.push_back(1);
    scale.multiplier_frac.push_back(0);
    scale.bias.push_back(ranks.bias[c]);
    scale.bias_frac.push_back(frac);
    scale.output.push_back({out.format[c]});
  }
  if (in.own) {
    Layer& layer = builder.network.layers[static_cast<std::size_t>(in.layer)];
    layer.bias = scale.bias;
    layer.bias_frac = scale.bias_frac;
    layer.output = scale.output;
  } else {
    out.layer = add_scale(builder, in, std::move(scale), name + "_bias");
  }
  return out;
}

}  // namespace

Signal add_argmax(Builder& builder, const Signal& signal, const std::string& name) {
  if (signal.real) not_comparable("its input is not quantized");
  Signal in = settle(builder, signal, name);
  if (in.shape.rows != 1 || in.shape.cols != 1) not_comparable("it is a map");
  std::vector<double> biases;
  for (std::size_t c = 0; c < in.channels(); ++c) {
    if (in.scale[c] != in.scale[0] || in.format[c].frac != in.format[0].frac) not_comparable("their scales differ");
    biases.push_back(std::ldexp(in.zero[c] - in.zero[0], in.format[0].frac));
    if (!(std::abs(biases.back()) < 0x1p40)) not_comparable("an offset is too large");
  }
  if (std::any_of(biases.begin(), biases.end(), [](double b) { return b != 0; })) in = with_bias(builder, in, ranked(biases), name);
  Layer layer;
  layer.op = Op::argmax;
  layer.inputs = {in.layer};
  const Interval range{0, in.shape.channels - 1};
  const int index = builder.add(std::move(layer), name);
  return plain_signal(index, {1, 1, 1}, 2, {smallest_format(range, 0)}, {range});
}

}  // namespace lutra::onnx
