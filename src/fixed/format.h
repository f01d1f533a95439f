#pragma once
#include <cstdint>
#include <string>

#include "base/json.h"

/// The one definition of Lutra's arithmetic (docs/arithmetic.md). Training, evaluator, IR, cost model and RTL use these
/// rules and no others.
namespace lutra {

/// A fixed-point number format: an integer of `bits` bits, two's complement when signed, worth integer x 2^-frac.
/// 1 <= bits <= 63; frac may be negative or larger than bits (|frac| <= 62).
struct Format {
  int bits = 1;
  int frac = 0;
  bool is_signed = false;

  std::int64_t min() const { return is_signed ? -(std::int64_t{1} << (bits - 1)) : 0; }
  std::int64_t max() const { return (std::int64_t{1} << (is_signed ? bits - 1 : bits)) - 1; }
  friend bool operator==(const Format&, const Format&) = default;
};

/// "u4.4" is unsigned, 4 bits, 4 of them fractional; "s8.6" signed.
std::string to_string(Format format);

/// Inverse of to_string. Error naming `where` on anything else or on values out of range.
Format parse_format(const std::string& text, const std::string& where);

/// How bits below the new last place are dropped.
enum class Rounding {
  down,       // floor, towards minus infinity
  half_up,    // nearest, ties towards plus infinity: floor(v + 1/2)
  half_even,  // nearest, ties to even
};

/// What happens to values outside the format.
enum class Overflow {
  saturate,  // to min() or max()
  wrap,      // the low bits are kept
};

/// How a value becomes a value of a narrower format: round first, then handle overflow.
struct Quantizer {
  Format format;
  Rounding rounding = Rounding::half_even;
  Overflow overflow = Overflow::saturate;
  friend bool operator==(const Quantizer&, const Quantizer&) = default;
};

std::string to_string(Rounding rounding);
std::string to_string(Overflow overflow);
Rounding parse_rounding(const std::string& text, const std::string& where);
Overflow parse_overflow(const std::string& text, const std::string& where);

/// value x 2^-frac expressed with `to_frac` fractional bits: exact when to_frac >= frac, rounded otherwise. The caller
/// guarantees that the result fits 64 bits.
std::int64_t rescale(std::int64_t value, int frac, int to_frac, Rounding rounding);

/// The integer of `format` that overflow handling makes of `value` (already at format.frac).
std::int64_t limit(std::int64_t value, Format format, Overflow overflow);

/// value x 2^-frac as an integer of quantizer.format: limit(rescale(...)).
std::int64_t quantize(std::int64_t value, int frac, const Quantizer& quantizer);

/// The same from a real number (used where floats become integers: import, export of trained weights). NaN is an Error.
std::int64_t quantize_real(double value, const Quantizer& quantizer);

/// integer x 2^-frac, exact for |integer| < 2^53.
double to_real(std::int64_t integer, int frac);

Json quantizer_to_json(const Quantizer& quantizer);
Quantizer quantizer_from_json(const Json& json, const std::string& where);

}  // namespace lutra
