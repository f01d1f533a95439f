#include "fixed/format.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/contract.h"
#include "base/error.h"
#include "fixed/wide.h"

namespace lutra {
namespace {

constexpr int max_bits = 63;
constexpr int max_frac = 62;

bool parse_int(std::string_view text, int& value) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size();
}

/// value / 2^drop, 1 <= drop <= 62.
std::int64_t drop_bits(std::int64_t value, int drop, Rounding rounding) {
  const std::int64_t floor = value >> drop;
  if (rounding == Rounding::down) return floor;
  const std::int64_t rest = value & ((std::int64_t{1} << drop) - 1);
  const std::int64_t half = std::int64_t{1} << (drop - 1);
  const bool tie_up = rounding == Rounding::half_up || (floor & 1) != 0;
  return floor + (rest > half || (rest == half && tie_up) ? 1 : 0);
}

}  // namespace

std::string to_string(Format format) {
  return (format.is_signed ? "s" : "u") + std::to_string(format.bits) + "." + std::to_string(format.frac);
}

Format parse_format(const std::string& text, const std::string& where) {
  Format format;
  const auto dot = text.find('.');
  const bool well_formed = dot != std::string::npos && (text[0] == 's' || text[0] == 'u') &&
                           parse_int(std::string_view(text).substr(1, dot - 1), format.bits) &&
                           parse_int(std::string_view(text).substr(dot + 1), format.frac);
  if (!well_formed)
    throw Error(where + ": \"" + text + "\" is not a number format", "",
                "Write sBITS.FRAC or uBITS.FRAC, such as u4.4");
  format.is_signed = text[0] == 's';
  if (format.bits < 1 || format.bits > max_bits || std::abs(format.frac) > max_frac)
    throw Error(where + ": format " + text + " is out of range", "1 to 63 bits, -62 to 62 fractional bits", "");
  return format;
}

std::string to_string(Rounding rounding) {
  switch (rounding) {
    case Rounding::down:
      return "down";
    case Rounding::half_up:
      return "half_up";
    case Rounding::half_even:
      return "half_even";
  }
  contract_broken("known rounding", std::source_location::current());
}

std::string to_string(Overflow overflow) { return overflow == Overflow::saturate ? "saturate" : "wrap"; }

Rounding parse_rounding(const std::string& text, const std::string& where) {
  for (const Rounding r : {Rounding::down, Rounding::half_up, Rounding::half_even})
    if (text == to_string(r)) return r;
  throw Error(where + ": unknown rounding \"" + text + "\"", "", "Use down, half_up or half_even");
}

Overflow parse_overflow(const std::string& text, const std::string& where) {
  for (const Overflow o : {Overflow::saturate, Overflow::wrap})
    if (text == to_string(o)) return o;
  throw Error(where + ": unknown overflow rule \"" + text + "\"", "", "Use saturate or wrap");
}

std::int64_t rescale(std::int64_t value, int frac, int to_frac, Rounding rounding) {
  const int drop = frac - to_frac;
  if (drop == 0 || value == 0) return value;
  if (drop < 0) {
    const auto wide = static_cast<Wide>(value) * (Wide{1} << std::min(-drop, 64));
    expects(-drop < 64 && wide == static_cast<std::int64_t>(wide), "rescaled value fits 64 bits");
    return static_cast<std::int64_t>(wide);
  }
  if (drop > 62) {  // |value| < 2^63: at most one half away from 0
    if (rounding == Rounding::down) return value < 0 ? -1 : 0;
    return 0;
  }
  return drop_bits(value, drop, rounding);
}

std::int64_t limit(std::int64_t value, Format format, Overflow overflow) {
  if (overflow == Overflow::saturate) return std::clamp(value, format.min(), format.max());
  const int unused = 64 - format.bits;
  const auto raised = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << unused);
  return format.is_signed ? raised >> unused : static_cast<std::int64_t>(static_cast<std::uint64_t>(raised) >> unused);
}

std::int64_t quantize(std::int64_t value, int frac, const Quantizer& quantizer) {
  return limit(rescale(value, frac, quantizer.format.frac, quantizer.rounding), quantizer.format, quantizer.overflow);
}

std::int64_t quantize_real(double value, const Quantizer& quantizer) {
  if (std::isnan(value)) throw Error("cannot quantize NaN", "", "Check the data or the training for divergence");
  const double scaled = std::ldexp(value, quantizer.format.frac);
  double rounded = std::floor(scaled);
  const double rest = scaled - rounded;
  const bool odd = std::fmod(rounded, 2) != 0;
  if (quantizer.rounding == Rounding::half_up && rest >= 0.5) rounded += 1;
  if (quantizer.rounding == Rounding::half_even && (rest > 0.5 || (rest == 0.5 && odd))) rounded += 1;
  if (quantizer.overflow == Overflow::saturate) {
    if (rounded <= static_cast<double>(quantizer.format.min())) return quantizer.format.min();
    if (rounded >= static_cast<double>(quantizer.format.max())) return quantizer.format.max();
  }
  if (std::abs(rounded) >= 0x1p62)
    throw Error("cannot quantize " + std::to_string(value), "it needs more than 62 bits", "");
  return limit(static_cast<std::int64_t>(rounded), quantizer.format, quantizer.overflow);
}

double to_real(std::int64_t integer, int frac) { return std::ldexp(static_cast<double>(integer), -frac); }

Json quantizer_to_json(const Quantizer& quantizer) {
  return {{"format", to_string(quantizer.format)},
          {"rounding", to_string(quantizer.rounding)},
          {"overflow", to_string(quantizer.overflow)}};
}

Quantizer quantizer_from_json(const Json& json, const std::string& where) {
  json_only_keys(json, {"format", "rounding", "overflow"}, where);
  return {parse_format(json_get<std::string>(json, "format", where), where),
          parse_rounding(json_get<std::string>(json, "rounding", where), where),
          parse_overflow(json_get<std::string>(json, "overflow", where), where)};
}

}  // namespace lutra
