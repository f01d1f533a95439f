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
  throw Error("its channels cannot be compared as integers", why,
              "Use one scale for all outputs, or put a Quant node before it");
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

/// How many times their common unit each channel's scale is.
std::vector<std::int64_t> scale_ratios(const Signal& in) {
  const auto unit = common_unit(in.scale);
  std::vector<std::int64_t> ratios;
  for (const double s : in.scale) {
    if (!unit || s / *unit > 1 << 16) not_comparable("their scales differ");
    ratios.push_back(static_cast<std::int64_t>(s / *unit));
  }
  return ratios;
}

/// The signal with its integers multiplied and a bias added, without zero points and with one scale.
Signal comparable(Builder& builder, const Signal& in, const std::vector<std::int64_t>& ratios, int grid,
                  const RankedBias& ranks, const std::string& name) {
  Signal out = in;
  const int frac = grid + ranks.frac;
  ScaleLayer scale;
  for (std::size_t c = 0; c < in.channels(); ++c) {
    out.range[c] =
        shift_left(in.range[c] * ratios[c], frac - in.format[c].frac) + Interval{ranks.bias[c], ranks.bias[c]};
    out.format[c] = smallest_format(out.range[c], frac);
    scale.multiplier.push_back(ratios[c]);
    scale.multiplier_frac.push_back(0);
    scale.bias.push_back(ranks.bias[c]);
    scale.bias_frac.push_back(frac);
    scale.output.push_back({out.format[c]});
  }
  if (!in.own) {
    out.layer = add_scale(builder, in, std::move(scale), name + "_bias");
    return out;
  }
  Layer& layer = builder.network.layers[static_cast<std::size_t>(in.layer)];
  const std::size_t per_channel = layer.weights.size() / in.channels();
  for (std::size_t i = 0; i < layer.weights.size(); ++i) layer.weights[i] *= ratios[i / per_channel];
  layer.bias = scale.bias;
  layer.bias_frac = scale.bias_frac;
  layer.output = scale.output;
  return out;
}

}  // namespace

Signal add_argmax(Builder& builder, const Signal& signal, const std::string& name) {
  if (signal.real) not_comparable("its input is not quantized");
  Signal in = settle(builder, signal, name);
  if (in.shape.rows != 1 || in.shape.cols != 1) not_comparable("it is a map");
  const auto ratios = scale_ratios(in);
  int grid = in.format[0].frac;
  for (const Format& f : in.format) grid = std::max(grid, f.frac);
  std::vector<double> biases;  // in units of the finest format
  for (std::size_t c = 0; c < in.channels(); ++c) {
    biases.push_back(
        std::ldexp(static_cast<double>(ratios[c]) * in.zero[c] - static_cast<double>(ratios[0]) * in.zero[0], grid));
    if (!(std::abs(biases.back()) < 0x1p40)) not_comparable("an offset is too large");
  }
  const bool same = std::all_of(biases.begin(), biases.end(), [](double b) { return b == 0; }) &&
                    std::all_of(ratios.begin(), ratios.end(), [](std::int64_t r) { return r == 1; });
  if (!same) in = comparable(builder, in, ratios, grid, ranked(biases), name);
  Layer layer;
  layer.op = Op::argmax;
  layer.inputs = {in.layer};
  const Interval range{0, in.shape.channels - 1};
  const int index = builder.add(std::move(layer), name);
  return plain_signal(index, {1, 1, 1}, 2, {smallest_format(range, 0)}, {range});
}

}  // namespace lutra::onnx
