#include "onnx/linear.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace lutra::onnx {
namespace {

constexpr double max_weight = 1 << 16;

/// x = mantissa x 2^exponent with an odd mantissa.
struct Dyadic {
  std::int64_t mantissa;
  int exponent;
};

Dyadic dyadic(double x) {
  int exponent = 0;
  auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(x, &exponent), 53));
  exponent -= 53;
  while (mantissa != 0 && mantissa % 2 == 0) mantissa /= 2, ++exponent;
  return {mantissa, exponent};
}

/// Input channel of weight i of an output channel.
std::size_t input_channel(const Signal& in, const LinearWeights& w, std::size_t out, std::size_t i) {
  if (w.op == Op::dense) return i;
  const auto kernel = static_cast<std::size_t>(w.window.kernel_rows * w.window.kernel_cols);
  const auto groups = static_cast<std::size_t>(w.window.groups);
  const std::size_t group = out / (static_cast<std::size_t>(w.out_channels) / groups);
  return group * (in.channels() / groups) + i / kernel;
}

bool padded(const Window& w) { return w.pad_top + w.pad_bottom + w.pad_left + w.pad_right > 0; }

/// How many times the smallest scale each channel's scale is. Error when that is not an integer.
std::vector<double> scale_ratios(const Signal& in, double& reference) {
  reference = *std::min_element(in.scale.begin(), in.scale.end());
  std::vector<double> ratios;
  for (const double s : in.scale) {
    const double ratio = s / reference;
    if (ratio != std::floor(ratio) || ratio > max_weight || std::fma(ratio, reference, -s) != 0)
      throw Error("the channels of its input have scales without a common unit", "",
                  "Quantize the input with one scale per tensor");
    ratios.push_back(ratio);
  }
  return ratios;
}

struct Accumulator {
  int frac = 0;
  Interval range;
  double zero = 0;  // what the zero points of the inputs add
};

class LinearLayer {
 public:
  LinearLayer(const Signal& in, const LinearWeights& weights)
      : in_(in),
        weights_(weights),
        ratios_(scale_ratios(in, reference_)),
        per_channel_(weights.values.size() / static_cast<std::size_t>(weights.out_channels)) {
    layer_.op = weights.op;
    layer_.inputs = {in.layer};
    layer_.window = weights.window;
    layer_.out_channels = weights.out_channels;
  }

  Signal add_to(Builder& builder, const std::string& name) {
    Signal out;
    for (std::size_t c = 0; c < static_cast<std::size_t>(weights_.out_channels); ++c) {
      const double unit = add_channel(c);
      const Accumulator acc = accumulate(c);
      layer_.bias.push_back(0);
      layer_.bias_frac.push_back(acc.frac);
      layer_.output.push_back({smallest_format(acc.range, acc.frac)});
      out.format.push_back(layer_.output.back().format);
      out.range.push_back(acc.range);
      out.scale.push_back(unit * reference_ * std::ldexp(1, layer_.weight_frac[c]));
      out.zero.push_back(acc.zero);
    }
    out.layer = builder.add(std::move(layer_), name);
    out.shape = builder.shape(out.layer);
    out.rank = in_.rank;
    return out;
  }

 private:
  /// Splits a channel's weights into unit x integers and returns the unit. A unit that makes the accumulator a power of
  /// two becomes fractional bits.
  double add_channel(std::size_t c) {
    const auto first = weights_.values.begin() + static_cast<std::ptrdiff_t>(c * per_channel_);
    const std::vector<double> values(first, first + static_cast<std::ptrdiff_t>(per_channel_));
    const auto unit = common_unit(values);
    const double largest =
        std::accumulate(values.begin(), values.end(), 0.0, [](double m, double v) { return std::max(m, std::abs(v)); });
    if (!unit || largest / *unit > max_weight)
      throw Error("its weights are not quantized", "channel " + std::to_string(c) + " needs more than 16 bits",
                  "Train with quantized weights (Brevitas, QKeras) and export QONNX, with a Quant node on the weights");
    for (std::size_t i = 0; i < per_channel_; ++i)
      layer_.weights.push_back(
          static_cast<std::int64_t>(values[i] / *unit * ratios_[input_channel(in_, weights_, c, i)]));
    int exponent = 0;
    const bool natural = is_power_of_two(*unit * reference_, exponent) && std::abs(exponent) <= 40;
    layer_.weight_frac.push_back(natural ? -exponent : 0);
    return *unit;
  }

  Accumulator accumulate(std::size_t c) const {
    const std::int64_t* w = layer_.weights.data() + c * per_channel_;
    const int weight_frac = layer_.weight_frac[c];
    Accumulator acc;
    bool empty = true;
    for (std::size_t i = 0; i < per_channel_; ++i) {
      if (w[i] == 0) continue;
      const int frac = weight_frac + in_.format[input_channel(in_, weights_, c, i)].frac;
      acc.frac = empty ? frac : std::max(acc.frac, frac);
      empty = false;
    }
    for (std::size_t i = 0; i < per_channel_; ++i) {
      if (w[i] == 0) continue;
      const std::size_t from = input_channel(in_, weights_, c, i);
      Interval x = in_.range[from];
      if (padded(weights_.window)) x = hull(x, {0, 0});
      acc.range = acc.range + shift_left(x * w[i], acc.frac - weight_frac - in_.format[from].frac);
      acc.zero += std::ldexp(static_cast<double>(w[i]), -weight_frac) * in_.zero[from];
    }
    return acc;
  }

  const Signal& in_;
  const LinearWeights& weights_;
  double reference_ = 1;
  std::vector<double> ratios_;
  std::size_t per_channel_;
  Layer layer_;
};

}  // namespace

std::optional<double> common_unit(const std::vector<double>& values) {
  std::vector<Dyadic> parts;
  for (const double v : values)
    if (v != 0) parts.push_back(dyadic(v));
  if (parts.empty()) return 1;
  int exponent = parts[0].exponent;
  for (const Dyadic& p : parts) exponent = std::min(exponent, p.exponent);
  std::int64_t divisor = 0;  // of the odd parts: powers of two are handled by the smallest exponent
  for (const Dyadic& p : parts) divisor = std::gcd(divisor, p.mantissa);
  const double unit = std::ldexp(static_cast<double>(divisor), exponent);
  const bool too_fine =
      std::any_of(values.begin(), values.end(), [&](double v) { return std::abs(v) / unit > 0x1p53; });
  if (too_fine || !std::isnormal(unit)) return std::nullopt;
  return unit;
}

Signal add_linear(Builder& builder, const Signal& input, const LinearWeights& weights, const std::string& name) {
  if (input.real || !input.steps.empty())
    throw Error("its input is not quantized", "",
                "Put a Quant node before it (on the graph's input too), or state the input format");
  for (const double v : weights.values)
    if (!std::isfinite(v)) throw Error("a weight is not a finite number", "", "Check the training for divergence");
  if (weights.op == Op::dense &&
      weights.values.size() != static_cast<std::size_t>(weights.out_channels) * input.channels())
    throw Error("its weights do not fit its input", std::to_string(input.channels()) + " channels", "");
  if (weights.op == Op::conv) {
    const std::size_t groups = static_cast<std::size_t>(weights.window.groups);
    const auto cells = static_cast<std::size_t>(weights.window.kernel_rows * weights.window.kernel_cols);
    if (input.channels() % groups != 0 || static_cast<std::size_t>(weights.out_channels) % groups != 0 ||
        weights.values.size() != static_cast<std::size_t>(weights.out_channels) * (input.channels() / groups) * cells)
      throw Error("its weights do not fit its input", std::to_string(input.channels()) + " channels", "");
  }
  return LinearLayer(input, weights).add_to(builder, name);
}

int add_scale(Builder& builder, const Signal& input, ScaleLayer scale, const std::string& name) {
  Layer layer;
  layer.op = Op::conv;
  layer.inputs = {input.layer};
  layer.out_channels = input.shape.channels;
  layer.window.groups = input.shape.channels;
  layer.weights = std::move(scale.multiplier);
  layer.weight_frac = std::move(scale.multiplier_frac);
  layer.bias = std::move(scale.bias);
  layer.bias_frac = std::move(scale.bias_frac);
  layer.relu = scale.relu;
  layer.output = std::move(scale.output);
  return builder.add(std::move(layer), name);
}

}  // namespace lutra::onnx
