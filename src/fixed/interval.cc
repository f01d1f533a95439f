#include "fixed/interval.h"

#include <algorithm>
#include <bit>

#include "base/error.h"
#include "fixed/wide.h"

namespace lutra {
namespace {

std::int64_t narrow(Wide value) {
  if (value != static_cast<std::int64_t>(value))
    throw Error("accumulator overflows 64 bits", "", "Use fewer bits for weights or activations");
  return static_cast<std::int64_t>(value);
}

}  // namespace

Interval interval_of(Format format) { return {format.min(), format.max()}; }

Interval operator+(Interval a, Interval b) { return {narrow(Wide{a.lo} + b.lo), narrow(Wide{a.hi} + b.hi)}; }

Interval operator-(Interval a, Interval b) { return {narrow(Wide{a.lo} - b.hi), narrow(Wide{a.hi} - b.lo)}; }

Interval operator*(Interval a, std::int64_t factor) {
  const std::int64_t x = narrow(Wide{a.lo} * factor);
  const std::int64_t y = narrow(Wide{a.hi} * factor);
  return {std::min(x, y), std::max(x, y)};
}

Interval shift_left(Interval a, int bits) {
  const auto shifted = [bits](std::int64_t v) {
    if (v == 0) return v;
    if (bits > 62) throw Error("accumulator overflows 64 bits", "", "Use formats with closer scales");
    return narrow(Wide{v} * (Wide{1} << bits));
  };
  return {shifted(a.lo), shifted(a.hi)};
}

Interval hull(Interval a, Interval b) { return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)}; }

Interval quantize(Interval a, int frac, const Quantizer& quantizer) {
  const int drop = frac - quantizer.format.frac;
  if (drop < 0) a = shift_left(a, -drop);
  const int from = drop < 0 ? quantizer.format.frac : frac;
  const Interval rounded{rescale(a.lo, from, quantizer.format.frac, quantizer.rounding),
                         rescale(a.hi, from, quantizer.format.frac, quantizer.rounding)};
  const Interval whole = interval_of(quantizer.format);
  const bool inside = whole.contains(rounded.lo) && whole.contains(rounded.hi);
  if (quantizer.overflow == Overflow::wrap) return inside ? rounded : whole;
  return {std::clamp(rounded.lo, whole.lo, whole.hi), std::clamp(rounded.hi, whole.lo, whole.hi)};
}

Format smallest_format(Interval a, int frac) {
  const auto magnitude_bits = [](std::int64_t v) {  // bits without sign
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(v < 0 ? ~v : v)));
  };
  const bool is_signed = a.lo < 0;
  const int bits = std::max(magnitude_bits(a.lo), magnitude_bits(a.hi)) + (is_signed ? 1 : 0);
  return {std::max(bits, 1), frac, is_signed};
}

}  // namespace lutra
