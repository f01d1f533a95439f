#include "onnx/settle.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/error.h"
#include "onnx/affine.h"
#include "onnx/linear.h"

namespace lutra::onnx {
namespace {

constexpr int max_table_bits = 20;
constexpr int max_padded_bits = 10;
constexpr std::int64_t max_table_entries = std::int64_t{1} << 24;

/// The integers that a quantizer (or a sign) produces, and what they are worth.
struct Codes {
  Format format;     // saturating here is the quantizer's clipping, but for a narrow range
  Interval allowed;  // codes of the quantizer, narrow range respected
  std::vector<double> scale, zero;
};

Codes codes_of(const Signal& s) {
  const Step& step = s.steps.back();
  Codes codes;
  const std::size_t n = s.channels();
  if (step.kind == Step::Kind::sign)
    return {{2, 0, true}, {-1, 1}, std::vector<double>(n, 1), std::vector<double>(n, 0)};
  const QuantRule& rule = step.rule;
  codes.format = rule.bipolar ? Format{1, 0, false} : Format{rule.bits, 0, rule.is_signed};
  codes.allowed = {static_cast<std::int64_t>(rule.min()), static_cast<std::int64_t>(rule.max())};
  for (std::size_t c = 0; c < n; ++c) {
    codes.scale.push_back(rule.bipolar ? 2 * step.a[c] : step.a[c]);
    codes.zero.push_back(rule.bipolar ? -0.5 : -step.b[c]);
  }
  // A scale of 2^-f is fractional bits.
  int exponent = 0;
  const bool uniform =
      std::all_of(codes.scale.begin(), codes.scale.end(), [&](double x) { return x == codes.scale[0]; });
  if (!rule.bipolar && uniform && is_power_of_two(codes.scale[0], exponent) && std::abs(exponent) <= 40) {
    codes.format.frac = -exponent;
    codes.scale.assign(n, 1);
    for (double& z : codes.zero) z = std::ldexp(z, exponent);
  }
  return codes;
}

std::vector<AffineRule> affine_rules(const Signal& s, const Codes& codes) {
  std::vector<AffineRule> rules;
  // Codes below a narrow range are clipped by a table later, so the rule may give them.
  const Interval saturation{std::max(codes.allowed.lo, codes.format.min()),
                            std::min(codes.allowed.hi, codes.format.max())};
  for (std::size_t c = 0; c < s.channels(); ++c) {
    auto rule = exact_rule(s, c);
    if (!rule) rule = fitted_rule(s, c, saturation);
    if (!rule) return {};
    rules.push_back(*rule);
  }
  return rules;
}

bool only_shifts(const std::vector<AffineRule>& rules) {
  return std::all_of(rules.begin(), rules.end(), [](const AffineRule& r) {
    const std::int64_t m = std::abs(r.multiplier);
    return (m & (m - 1)) == 0;
  });
}

std::vector<Quantizer> quantizers(const std::vector<AffineRule>& rules, Format format) {
  std::vector<Quantizer> list;
  for (const AffineRule& r : rules) list.push_back({format, r.rounding, Overflow::saturate});
  if (std::all_of(list.begin(), list.end(), [&](const Quantizer& q) { return q == list[0]; })) list.resize(1);
  return list;
}

/// The rule as part of the dense layer or convolution that computed x.
void merge(Layer& layer, const Signal& s, const std::vector<AffineRule>& rules, Format format) {
  const std::size_t per_channel = layer.weights.size() / rules.size();
  for (std::size_t c = 0; c < rules.size(); ++c) {
    const AffineRule& r = rules[c];
    const std::int64_t sign = r.multiplier > 0 ? 1 : r.multiplier < 0 ? -1 : 0;
    for (std::size_t i = 0; i < per_channel; ++i) layer.weights[c * per_channel + i] *= sign;
    int shift = 0;
    if (sign != 0) is_power_of_two(static_cast<double>(std::abs(r.multiplier)), shift);
    layer.weight_frac[c] += r.drop + format.frac - s.format[c].frac - shift;
    layer.bias[c] = r.bias;
    layer.bias_frac[c] = r.drop + format.frac;
  }
  layer.relu = rules[0].relu;
  layer.output = quantizers(rules, format);
}

/// Whether the rules only round x: no multiplication, no bias, no change of scale.
bool only_rounds(const Signal& s, const std::vector<AffineRule>& rules, Format format) {
  for (std::size_t c = 0; c < rules.size(); ++c)
    if (rules[c].bias != 0 || rules[c].multiplier <= 0 ||
        std::ldexp(static_cast<double>(rules[c].multiplier), -rules[c].drop) !=
            std::ldexp(1, format.frac - s.format[c].frac))
      return false;
  return true;
}

int add_rules(Builder& builder, const Signal& s, const std::vector<AffineRule>& rules, Format format,
              const std::string& name) {
  const bool linear_below = s.own && s.layer != network_input;
  if (linear_below && only_shifts(rules)) {
    merge(builder.network.layers[static_cast<std::size_t>(s.layer)], s, rules, format);
    return s.layer;
  }
  if (only_rounds(s, rules, format)) {
    Layer layer;
    layer.op = Op::activation;
    layer.inputs = {s.layer};
    layer.relu = rules[0].relu;
    layer.output = quantizers(rules, format);
    return builder.add(std::move(layer), name);
  }
  ScaleLayer scale;
  for (std::size_t c = 0; c < rules.size(); ++c) {
    scale.multiplier.push_back(rules[c].multiplier);
    scale.multiplier_frac.push_back(rules[c].drop + format.frac - s.format[c].frac);
    scale.bias.push_back(rules[c].bias);
    scale.bias_frac.push_back(rules[c].drop + format.frac);
  }
  scale.relu = rules[0].relu;
  scale.output = quantizers(rules, format);
  return add_scale(builder, s, std::move(scale), name);
}

/// The code of every value that the format below can hold; values that cannot occur take the nearest one's.
std::vector<std::int64_t> table_of(const Signal& s, std::size_t c, Format below) {
  std::vector<std::int64_t> entries;
  for (std::int64_t x = below.min(); x <= below.max(); ++x)
    entries.push_back(static_cast<std::int64_t>(s.value(c, std::clamp(x, s.range[c].lo, s.range[c].hi))));
  return entries;
}

int add_table(Builder& builder, const Signal& s, Format format, const std::string& name) {
  Layer layer;
  layer.op = Op::table;
  layer.inputs = {s.layer};
  layer.output = {{format}};
  std::int64_t entries = 0;
  const auto cells = static_cast<std::size_t>(s.shape.rows * s.shape.cols);
  for (std::size_t c = 0; c < s.channels(); ++c) {
    const Format below = s.format[c];
    entries += below.bits > max_table_bits ? max_table_entries : static_cast<std::int64_t>(cells) << below.bits;
    if (entries > max_table_entries)
      throw Error("it cannot be made exact in integers", "its staircase is no rounded line, and its table is too large",
                  "Use power-of-two scales, or fewer bits before it");
    const auto table = table_of(s, c, below);
    layer.table.insert(layer.table.end(), cells, table);
  }
  const auto& first = layer.table[0];
  if (std::all_of(layer.table.begin(), layer.table.end(), [&](const auto& t) { return t == first; }))
    layer.table.resize(1);
  return builder.add(std::move(layer), name);
}

int add_clip(Builder& builder, int below, const Codes& codes, const std::string& name) {
  if (codes.format.bits > max_table_bits) throw Error("its narrow range is too wide", "", "Set narrow to 0");
  Layer layer;
  layer.op = Op::table;
  layer.inputs = {below};
  layer.output = {{codes.format}};
  layer.table.emplace_back();
  for (std::int64_t x = codes.format.min(); x <= codes.format.max(); ++x)
    layer.table[0].push_back(std::clamp(x, codes.allowed.lo, codes.allowed.hi));
  return builder.add(std::move(layer), name + "_clip");
}

/// Codes that can occur in a channel.
Interval reachable_codes(const Signal& s, std::size_t c, const Codes& codes) {
  if (direction(s.steps, c) == 0) return codes.allowed;
  const auto x = static_cast<std::int64_t>(s.value(c, s.range[c].lo));
  const auto y = static_cast<std::int64_t>(s.value(c, s.range[c].hi));
  return {std::min(x, y), std::max(x, y)};
}

/// Whether codes at the edge of the narrow range occur, beyond which a rule may step.
bool needs_clip(const std::vector<Interval>& ranges, const Codes& codes) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Interval& r) {
    return (r.lo == codes.allowed.lo && codes.allowed.lo > codes.format.min()) ||
           (r.hi == codes.allowed.hi && codes.allowed.hi < codes.format.max());
  });
}

Signal with_codes(const Signal& s, int layer, const Codes& codes, std::vector<Interval> range) {
  Signal out = plain_signal(layer, s.shape, s.rank, std::vector<Format>(s.channels(), codes.format), std::move(range));
  out.scale = codes.scale;
  out.zero = codes.zero;
  return out;
}

}  // namespace

Signal quantize(Builder& builder, const Signal& s, const std::string& name) {
  const Codes codes = codes_of(s);
  std::vector<Interval> range;
  for (std::size_t c = 0; c < s.channels(); ++c) range.push_back(reachable_codes(s, c, codes));
  const auto rules = affine_rules(s, codes);
  if (rules.empty()) return with_codes(s, add_table(builder, s, codes.format, name), codes, range);
  int layer = add_rules(builder, s, rules, codes.format, name);
  if (needs_clip(range, codes)) layer = add_clip(builder, layer, codes, name);
  return with_codes(s, layer, codes, range);
}

Signal settle(Builder& builder, const Signal& s, const std::string& name) {
  if (s.steps.empty() || s.real) return s;
  Signal out = s;
  out.steps.clear();
  std::size_t rectified = 0;
  for (std::size_t c = 0; c < s.channels(); ++c) {
    const auto steps = affine_steps(s.steps, s.steps.size(), c);
    if (!steps || steps->factor <= 0)
      throw Error("a value before it is not quantized", "", "Put a Quant node after the activation before it");
    out.scale[c] = s.scale[c] * steps->factor;
    out.zero[c] = s.zero[c] + steps->summand / out.scale[c];
    if (!steps->relu) continue;
    ++rectified;
    out.range[c] = {std::max<std::int64_t>(s.range[c].lo, 0), std::max<std::int64_t>(s.range[c].hi, 0)};
    if (out.zero[c] != 0) throw Error("a ReLU before it is not quantized", "", "Put a Quant node after the ReLU");
  }
  if (rectified == 0) return out;
  Layer layer;
  layer.op = Op::activation;
  layer.inputs = {s.layer};
  layer.relu = true;
  for (std::size_t c = 0; c < s.channels(); ++c) {
    out.format[c] = smallest_format(out.range[c], s.format[c].frac);
    layer.output.push_back({out.format[c]});
  }
  out.layer = builder.add(std::move(layer), name + "_relu");
  out.own = false;
  return out;
}

Signal without_zero(Builder& builder, const Signal& s, const std::string& name) {
  if (std::all_of(s.zero.begin(), s.zero.end(), [](double z) { return z == 0; })) return s;
  Signal out = s;
  Layer layer;
  layer.op = Op::table;
  layer.inputs = {s.layer};
  const auto cells = static_cast<std::size_t>(s.shape.rows * s.shape.cols);
  for (std::size_t c = 0; c < s.channels(); ++c) {
    // x + zero on a grid of halves: that covers zero points between two integers.
    const Format below = s.format[c];
    const double twice = 2 * std::ldexp(s.zero[c], below.frac);
    if (twice != std::floor(twice) || std::abs(twice) > 0x1p30 || below.bits > max_padded_bits)
      throw Error("its padding is not a value of its input", "the input's zero point is not an integer",
                  "Use zero point 0 in the Quant before it");
    std::vector<std::int64_t> table;
    for (std::int64_t x = below.min(); x <= below.max(); ++x) table.push_back(2 * x + static_cast<std::int64_t>(twice));
    out.format[c] = smallest_format({table.front(), table.back()}, below.frac + 1);
    out.range[c] = {2 * s.range[c].lo + static_cast<std::int64_t>(twice),
                    2 * s.range[c].hi + static_cast<std::int64_t>(twice)};
    layer.output.push_back({out.format[c]});
    layer.table.insert(layer.table.end(), cells, table);
  }
  out.layer = builder.add(std::move(layer), name + "_centred");
  out.zero.assign(out.channels(), 0);
  out.own = false;
  return out;
}

}  // namespace lutra::onnx
