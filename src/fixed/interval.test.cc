#include "fixed/interval.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "base/error.h"

namespace lutra {
namespace {

Interval small_interval() {
  const auto a = *rc::gen::inRange<std::int64_t>(-50, 50);
  return {a, a + *rc::gen::inRange<std::int64_t>(0, 30)};
}

RC_GTEST_PROP(IntervalTest, quantize_is_the_exact_image, ()) {
  const Interval a = small_interval();
  const int frac = *rc::gen::inRange(0, 6);
  const Quantizer q{{*rc::gen::inRange(1, 8), *rc::gen::inRange(0, 6), *rc::gen::arbitrary<bool>()},
                    *rc::gen::element(Rounding::down, Rounding::half_up, Rounding::half_even),
                    *rc::gen::element(Overflow::saturate, Overflow::wrap)};
  const Interval image = quantize(a, frac, q);
  std::int64_t lo = std::numeric_limits<std::int64_t>::max();
  std::int64_t hi = std::numeric_limits<std::int64_t>::min();
  for (std::int64_t v = a.lo; v <= a.hi; ++v) {
    const std::int64_t out = quantize(v, frac, q);
    RC_ASSERT(image.contains(out));
    lo = std::min(lo, out);
    hi = std::max(hi, out);
  }
  if (q.overflow == Overflow::saturate) RC_ASSERT((image == Interval{lo, hi}));
}

RC_GTEST_PROP(IntervalTest, smallest_format_is_tight, ()) {
  const Interval a = small_interval();
  const Format f = smallest_format(a, 0);
  RC_ASSERT(f.min() <= a.lo);
  RC_ASSERT(a.hi <= f.max());
  if (f.bits > 1) {
    const Format narrower{f.bits - 1, 0, f.is_signed};
    RC_ASSERT(narrower.min() > a.lo || narrower.max() < a.hi);
  }
}

TEST(IntervalTest, ArithmeticIsExact) {
  EXPECT_EQ((Interval{-2, 3} + Interval{1, 4}), (Interval{-1, 7}));
  EXPECT_EQ((Interval{-2, 3} - Interval{1, 4}), (Interval{-6, 2}));
  EXPECT_EQ((Interval{-2, 3} * -2), (Interval{-6, 4}));
  EXPECT_EQ(shift_left({-2, 3}, 2), (Interval{-8, 12}));
}

TEST(IntervalTest, OverflowIsAnError) {
  const Interval huge{0, std::numeric_limits<std::int64_t>::max()};
  EXPECT_THROW(huge + (Interval{0, 1}), Error);
  EXPECT_THROW(huge * 2, Error);
  EXPECT_THROW(shift_left({0, 1}, 63), Error);
  EXPECT_EQ(shift_left({0, 0}, 63), (Interval{0, 0}));
}

}  // namespace
}  // namespace lutra
