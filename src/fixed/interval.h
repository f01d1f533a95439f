#pragma once
#include <cstdint>

#include "fixed/format.h"

namespace lutra {

/// Exact range of an integer value, lo <= hi. All operations are exact; a result outside 64 bits is an Error
/// ("accumulator overflows 64 bits").
struct Interval {
  std::int64_t lo = 0;
  std::int64_t hi = 0;

  bool contains(std::int64_t v) const { return lo <= v && v <= hi; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

Interval interval_of(Format format);
Interval operator+(Interval a, Interval b);
Interval operator-(Interval a, Interval b);
Interval operator*(Interval a, std::int64_t factor);
Interval shift_left(Interval a, int bits);
Interval hull(Interval a, Interval b);

/// Image of an interval under quantize(., frac, quantizer).
Interval quantize(Interval a, int frac, const Quantizer& quantizer);

/// Fewest bits that hold every value: unsigned when lo >= 0, two's complement otherwise; at least 1.
Format smallest_format(Interval a, int frac);

}  // namespace lutra
