#include "onnx/affine.h"

#include <cmath>

#include "base/error.h"
#include "onnx/staircase.h"

namespace lutra::onnx {
namespace {

constexpr double max_exact_multiplier = 1 << 16;
constexpr int max_exact_frac = 40;
constexpr std::size_t max_rises = 1 << 16;

/// a / b when that is exact.
std::optional<double> exact_ratio(double a, double b) {
  const double ratio = a / b;
  if (!std::isfinite(ratio) || std::fma(ratio, b, -a) != 0) return std::nullopt;
  return ratio;
}

/// Fewest fractional bits that hold x; nothing above max_exact_frac.
std::optional<int> fractional_bits(double x) {
  for (int frac = 0; frac <= max_exact_frac; ++frac) {
    const double scaled = std::ldexp(x, frac);
    if (std::abs(scaled) > 0x1p53) return std::nullopt;
    if (scaled == std::floor(scaled)) return frac;
  }
  return std::nullopt;
}

/// A ReLU right before a quantizer without zero point: its codes start at 0.
bool ends_in_relu(const Signal& s, std::size_t c) {
  return s.steps.size() >= 2 && s.steps[s.steps.size() - 2].kind == Step::Kind::relu &&
         s.steps.back().kind == Step::Kind::quant && !s.steps.back().rule.bipolar && s.steps.back().b[c] == 0;
}

}  // namespace

std::optional<AffineSteps> affine_steps(const std::vector<Step>& steps, std::size_t count, std::size_t channel) {
  AffineSteps out;
  for (std::size_t i = 0; i < count; ++i) {
    const Step& step = steps[i];
    if (out.relu && step.kind != Step::Kind::relu) return std::nullopt;
    switch (step.kind) {
      case Step::Kind::add:
        out.exact = out.exact && (out.summand == 0 || step.a[channel] == 0);
        out.summand += step.a[channel];
        break;
      case Step::Kind::multiply:
      case Step::Kind::divide: {
        int exponent = 0;
        out.exact = out.exact && is_power_of_two(std::abs(step.a[channel]), exponent);
        out.factor = apply(step, channel, out.factor);
        out.summand = apply(step, channel, out.summand);
        break;
      }
      case Step::Kind::relu:
        out.relu = true;
        break;
      default:
        return std::nullopt;
    }
  }
  return out;
}

std::optional<AffineRule> exact_rule(const Signal& s, std::size_t c) {
  const Step& quant = s.steps.back();
  if (quant.kind != Step::Kind::quant || quant.rule.bipolar) return std::nullopt;
  if (quant.rule.rounding != QuantRounding::half_even && quant.rule.rounding != QuantRounding::floor)
    return std::nullopt;
  const auto steps = affine_steps(s.steps, s.steps.size() - 1, c);
  if (!steps || !steps->exact) return std::nullopt;
  if (steps->relu && quant.b[c] != 0) return std::nullopt;
  const auto ratio = exact_ratio(std::ldexp(s.scale[c], -s.format[c].frac) * steps->factor, quant.a[c]);
  const auto summand = exact_ratio(steps->summand, quant.a[c]);
  if (!ratio || !summand || *ratio == 0) return std::nullopt;
  const double shift = *summand + quant.b[c] + std::ldexp(*ratio, s.format[c].frac) * s.zero[c];
  const auto ratio_frac = fractional_bits(*ratio);
  const auto bias_frac = fractional_bits(shift);
  if (!ratio_frac || !bias_frac) return std::nullopt;
  // A bias finer than the accumulator costs adder bits that a fitted rule does not need.
  if (*bias_frac > *ratio_frac + 1 && quant.rule.bits <= 8) return std::nullopt;
  const int drop = std::max(*ratio_frac, *bias_frac);
  if (std::abs(std::ldexp(*ratio, *ratio_frac)) > max_exact_multiplier) return std::nullopt;
  return AffineRule{static_cast<std::int64_t>(std::ldexp(*ratio, drop)),
                    static_cast<std::int64_t>(std::ldexp(shift, drop)), drop,
                    quant.rule.rounding == QuantRounding::floor ? Rounding::down : Rounding::half_even, steps->relu};
}

std::optional<AffineRule> fitted_rule(const Signal& s, std::size_t c, Interval saturation) {
  constexpr double max_accumulator = 0x1p53;
  if (std::max(-static_cast<double>(s.range[c].lo), static_cast<double>(s.range[c].hi)) > max_accumulator)
    return std::nullopt;
  const int sign = direction(s.steps, c);
  if (sign == 0) return std::nullopt;
  const bool relu = ends_in_relu(s, c);
  if (relu) saturation.lo = std::max<std::int64_t>(saturation.lo, 0);
  const auto code = [&](std::int64_t x) { return static_cast<std::int64_t>(s.value(c, sign * x)); };
  const Interval domain = sign > 0 ? s.range[c] : Interval{-s.range[c].hi, -s.range[c].lo};
  const auto stairs = staircase_of(code, domain, max_rises);
  if (!stairs) return std::nullopt;
  const auto found = fit(*stairs, saturation);
  if (!found) return std::nullopt;
  return AffineRule{sign * found->multiplier, found->bias, found->drop, Rounding::down, relu};
}

}  // namespace lutra::onnx
