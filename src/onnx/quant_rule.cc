#include "onnx/quant_rule.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/name.h"

namespace lutra::onnx {
namespace {

struct RoundingName {
  const char* name;
  QuantRounding rounding;
};
constexpr std::array rounding_names = {
    RoundingName{"ROUND", QuantRounding::half_even},
    RoundingName{"HALF_EVEN", QuantRounding::half_even},
    RoundingName{"CEIL", QuantRounding::ceil},
    RoundingName{"FLOOR", QuantRounding::floor},
    RoundingName{"UP", QuantRounding::away_from_zero},
    RoundingName{"DOWN", QuantRounding::towards_zero},
    RoundingName{"ROUND_TO_ZERO", QuantRounding::towards_zero},
    RoundingName{"HALF_UP", QuantRounding::half_away},
    RoundingName{"HALF_DOWN", QuantRounding::half_towards},
};

QuantRounding parse_quant_rounding(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const RoundingName& entry : rounding_names)
    if (text == entry.name) return entry.rounding;
  throw Error("rounding mode \"" + printable(text) + "\" is unknown", "",
              "Use ROUND, FLOOR, CEIL, UP, DOWN, HALF_UP or HALF_DOWN");
}

double round_to_integer(double x, QuantRounding rounding) {
  const double magnitude = std::abs(x);
  switch (rounding) {
    case QuantRounding::half_even:
      return std::nearbyint(x);
    case QuantRounding::ceil:
      return std::ceil(x);
    case QuantRounding::floor:
      return std::floor(x);
    case QuantRounding::away_from_zero:
      return std::copysign(std::ceil(magnitude), x);
    case QuantRounding::towards_zero:
      return std::trunc(x);
    case QuantRounding::half_away:
      return std::round(x);
    case QuantRounding::half_towards: {
      const double floor = std::floor(magnitude);
      return std::copysign(magnitude - floor > 0.5 ? floor + 1 : floor, x);
    }
  }
  return x;
}

int read_bits(const Tensor& bits) {
  const bool same = !bits.values.empty() &&
                    std::all_of(bits.values.begin(), bits.values.end(), [&](double b) { return b == bits.values[0]; });
  if (!same) throw Error("its bit width differs between channels", "", "Give one bit width per tensor");
  const double value = bits.values[0];
  if (value != std::floor(value) || value < 1 || value > 32)
    throw Error("its bit width is impossible", std::to_string(value), "Use 1 to 32 bits");
  return static_cast<int>(value);
}

}  // namespace

double QuantRule::min() const {
  if (bipolar || !is_signed) return 0;
  return -std::ldexp(1, bits - 1) + (narrow ? 1 : 0);
}

double QuantRule::max() const {
  if (bipolar) return 1;
  return is_signed ? std::ldexp(1, bits - 1) - 1 : std::ldexp(1, bits) - (narrow ? 2 : 1);
}

bool is_quant(const Node& node) {
  if (node.type != "Quant" && node.type != "IntQuant" && node.type != "BipolarQuant") return false;
  for (const char* domain : {"onnx.brevitas", "finn.custom_op.general", qonnx_domain})
    if (node.domain == domain) return true;
  throw Error("its domain \"" + printable(node.domain) + "\" is unknown", "",
              "Use onnx.brevitas, finn.custom_op.general or qonnx.custom_op.general");
}

QuantParameters read_quant(const Node& node, const std::vector<const Tensor*>& parameters) {
  QuantParameters q;
  q.rule.bipolar = node.type == "BipolarQuant";
  const std::size_t needed = q.rule.bipolar ? 1 : 3;
  if (parameters.size() < needed) throw Error("it lacks its scale, zero point or bit width", "", "");
  for (std::size_t i = 0; i < needed; ++i)
    if (parameters[i] == nullptr || parameters[i]->values.empty())
      throw Error("its scale, zero point and bit width must be constants", "", "Export the model for inference");
  q.scale = *parameters[0];
  q.zero = q.rule.bipolar ? scalar(0) : *parameters[1];
  if (!q.rule.bipolar) {
    q.rule.bits = read_bits(*parameters[2]);
    q.rule.is_signed = integer_attribute(node, "signed", 1) != 0;
    q.rule.narrow = integer_attribute(node, "narrow", 0) != 0;
    q.rule.rounding = parse_quant_rounding(text_attribute(node, "rounding_mode", "ROUND"));
    q.rule.bipolar = q.rule.is_signed && q.rule.bits == 1;
  }
  for (const double s : q.scale.values)
    if (!(s > 0) || !std::isfinite(s)) throw Error("its scale is not positive", std::to_string(s), "");
  for (const double z : q.zero.values)
    if (std::floor(z) != z || std::abs(z) > 0x1p40 || (q.rule.bipolar && z != 0))
      throw Error("its zero point is impossible", std::to_string(z), "Use an integer, 0 if there is one bit");
  return q;
}

double quant_code(double x, double scale, double zero, const QuantRule& rule) {
  if (std::isnan(x)) throw Error("a value on the way to it is not a number", "", "Check the model's constants");
  if (rule.bipolar) return x >= 0 ? 1 : 0;
  return round_to_integer(std::clamp(x / scale + zero, rule.min(), rule.max()), rule.rounding);
}

double quant_value(double code, double scale, double zero, const QuantRule& rule) {
  return rule.bipolar ? scale * (2 * code - 1) : scale * (code - zero);
}

}  // namespace lutra::onnx
