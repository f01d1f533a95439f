#include "fixed/format.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"

namespace lutra {
namespace {

/// Rounding by its definition, in real arithmetic that is exact for small integers.
double rounded(double v, Rounding rounding) {
  if (rounding == Rounding::down) return std::floor(v);
  if (rounding == Rounding::half_up) return std::floor(v + 0.5);
  return std::nearbyint(v);  // default mode: ties to even
}

const auto any_rounding = [] { return rc::gen::element(Rounding::down, Rounding::half_up, Rounding::half_even); };

RC_GTEST_PROP(Format, rescale_is_the_definition, ()) {
  const auto value = *rc::gen::inRange<std::int64_t>(-(1 << 20), 1 << 20);
  const int frac = *rc::gen::inRange(-8, 20);
  const int to_frac = *rc::gen::inRange(-8, 20);
  const Rounding rounding = *any_rounding();
  const double real = std::ldexp(static_cast<double>(value), to_frac - frac);
  RC_ASSERT(static_cast<double>(rescale(value, frac, to_frac, rounding)) == rounded(real, rounding));
}

RC_GTEST_PROP(Format, integers_and_reals_quantize_alike, ()) {
  const auto value = *rc::gen::inRange<std::int64_t>(-(1 << 20), 1 << 20);
  const int frac = *rc::gen::inRange(-4, 12);
  const Quantizer q{{*rc::gen::inRange(1, 16), *rc::gen::inRange(-4, 12), *rc::gen::arbitrary<bool>()},
                    *any_rounding(),
                    *rc::gen::element(Overflow::saturate, Overflow::wrap)};
  const std::int64_t integer = quantize(value, frac, q);
  RC_ASSERT(integer >= q.format.min());
  RC_ASSERT(integer <= q.format.max());
  RC_ASSERT(integer == quantize_real(to_real(value, frac), q));
}

TEST(Format, HalfWayCases) {
  EXPECT_EQ(rescale(5, 1, 0, Rounding::half_even), 2);
  EXPECT_EQ(rescale(7, 1, 0, Rounding::half_even), 4);
  EXPECT_EQ(rescale(-5, 1, 0, Rounding::half_even), -2);
  EXPECT_EQ(rescale(-5, 1, 0, Rounding::half_up), -2);
  EXPECT_EQ(rescale(-5, 1, 0, Rounding::down), -3);
}

TEST(Format, DropsMoreBitsThanThereAre) {
  const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(rescale(lowest, 62, -62, Rounding::down), -1);
  EXPECT_EQ(rescale(lowest, 62, -62, Rounding::half_even), 0);
  EXPECT_EQ(rescale(std::numeric_limits<std::int64_t>::max(), 62, -2, Rounding::half_up), 0);
}

TEST(Format, WrapKeepsLowBits) {
  EXPECT_EQ(limit(9, {3, 0, true}, Overflow::wrap), 1);
  EXPECT_EQ(limit(5, {3, 0, true}, Overflow::wrap), -3);
  EXPECT_EQ(limit(-1, {3, 0, false}, Overflow::wrap), 7);
}

TEST(Format, TextRoundTrips) {
  for (const Format f : {Format{4, 4, false}, Format{8, -3, true}, Format{63, 62, true}})
    EXPECT_EQ(parse_format(to_string(f), "test"), f);
}

TEST(Format, BadTextIsAnError) {
  for (const char* text :
       {"", "u", "4.4", "u4", "u4.", "u.4", "x4.4", "u0.0", "u64.0", "u4.63", "u4.4 ", "u99999999999.1"})
    EXPECT_THROW(parse_format(text, "test"), Error) << text;
}

TEST(Format, NanIsAnError) { EXPECT_THROW(quantize_real(std::nan(""), {{4, 4, false}}), Error); }

TEST(Format, InfinitySaturates) {
  EXPECT_EQ(quantize_real(INFINITY, {{4, 4, false}}), 15);
  EXPECT_EQ(quantize_real(-INFINITY, {{4, 4, true}}), -8);
}

TEST(Format, QuantizerJsonRoundTrips) {
  const Quantizer q{{5, 3, true}, Rounding::half_up, Overflow::wrap};
  EXPECT_EQ(quantizer_from_json(quantizer_to_json(q), "test"), q);
  EXPECT_THROW(quantizer_from_json(Json{{"format", "u4.4"}, {"rounding", "up"}, {"overflow", "wrap"}}, "t"), Error);
}

}  // namespace
}  // namespace lutra
