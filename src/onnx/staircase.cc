#include "onnx/staircase.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "fixed/wide.h"

namespace lutra::onnx {
namespace {

constexpr std::size_t max_fitted_rises = 256;
constexpr int max_drop = 30;
constexpr Wide max_multiplier = Wide{1} << 31;
constexpr Wide max_bias = Wide{1} << 61;

/// multiplier x + bias >= bound, or <= bound; bounds are in units of the output, scaled by 2^drop later.
struct Constraint {
  std::int64_t x;
  std::int64_t level;
};

struct Constraints {
  std::vector<Constraint> at_least;  // reaches the level
  std::vector<Constraint> below;     // stays under it
};

Constraints constraints_of(const Staircase& s, Interval saturation) {
  Constraints c;
  for (std::size_t k = 0; k < s.rises.size(); ++k) {
    const std::int64_t level = s.first + static_cast<std::int64_t>(k) + 1;
    c.at_least.push_back({s.rises[k], level});
    c.below.push_back({s.rises[k] - 1, level});
  }
  if (s.first > saturation.lo) c.at_least.push_back({s.domain.lo, s.first});
  if (s.last() < saturation.hi) c.below.push_back({s.domain.hi, s.last() + 1});
  return c;
}

Wide floor_divide(Wide a, Wide b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }
Wide ceil_divide(Wide a, Wide b) { return -floor_divide(-a, b); }

struct WideInterval {
  Wide lo, hi;
  bool empty() const { return lo > hi; }
};

/// Every pair of a lower and an upper constraint bounds the multiplier, once the bias is eliminated.
WideInterval multipliers(const Constraints& c, int drop) {
  WideInterval m{0, max_multiplier};
  for (const Constraint& l : c.at_least)
    for (const Constraint& u : c.below) {
      const Wide dx = Wide{u.x} - l.x;
      const Wide room = ((Wide{u.level} - l.level) << drop) - 1;
      if (dx > 0) m.hi = std::min(m.hi, floor_divide(room, dx));
      if (dx < 0) m.lo = std::max(m.lo, ceil_divide(room, dx));
      if (dx == 0 && room < 0) m.hi = -1;
    }
  return m;
}

WideInterval biases(const Constraints& c, int drop, Wide multiplier) {
  WideInterval b{-max_bias, max_bias};
  for (const Constraint& l : c.at_least) b.lo = std::max(b.lo, (Wide{l.level} << drop) - multiplier * l.x);
  for (const Constraint& u : c.below) b.hi = std::min(b.hi, (Wide{u.level} << drop) - 1 - multiplier * u.x);
  return b;
}

/// Non-zero digits of the signed-digit form: the adders that a multiplication costs, plus one.
int digits(Wide value) {
  const auto v = static_cast<std::uint64_t>(value);
  return std::popcount((v ^ (3 * v)) >> 1);
}

Wide cheapest_multiplier(WideInterval m) {
  Wide best = m.lo;
  for (Wide candidate = m.lo; candidate <= m.hi && candidate - m.lo < 256; ++candidate)
    if (digits(candidate) < digits(best)) best = candidate;
  return best;
}

/// The number in [lo, hi] with the most trailing zeros.
Wide roundest(WideInterval range) {
  if (range.lo <= 0 && range.hi >= 0) return 0;
  Wide step = 1;
  while (ceil_divide(range.lo, 2 * step) * 2 * step <= range.hi) step *= 2;
  return ceil_divide(range.lo, step) * step;
}

}  // namespace

std::optional<Staircase> staircase_of(const std::function<std::int64_t(std::int64_t)>& f, Interval domain,
                                      std::size_t max_rises) {
  Staircase stairs{domain, f(domain.lo), {}};
  const std::int64_t last = f(domain.hi);
  if (last < stairs.first || static_cast<std::uint64_t>(last - stairs.first) > max_rises) return std::nullopt;
  const std::function<void(std::int64_t, std::int64_t, std::int64_t, std::int64_t)> split =
      [&](std::int64_t lo, std::int64_t at_lo, std::int64_t hi, std::int64_t at_hi) {
        if (at_lo == at_hi) return;
        if (hi - lo == 1) {
          stairs.rises.insert(stairs.rises.end(), static_cast<std::size_t>(at_hi - at_lo), hi);
          return;
        }
        const std::int64_t middle = lo + (hi - lo) / 2;
        const std::int64_t at_middle = f(middle);
        split(lo, at_lo, middle, at_middle);
        split(middle, at_middle, hi, at_hi);
      };
  split(domain.lo, stairs.first, domain.hi, last);
  return stairs;
}

std::optional<AffineStairs> fit(const Staircase& stairs, Interval saturation) {
  if (stairs.rises.size() > max_fitted_rises) return std::nullopt;
  const Constraints c = constraints_of(stairs, saturation);
  for (int drop = 0; drop <= max_drop; ++drop) {
    const WideInterval m = multipliers(c, drop);
    if (m.empty()) continue;
    const Wide multiplier = cheapest_multiplier(m);
    const WideInterval b = biases(c, drop, multiplier);
    if (b.empty()) continue;
    return AffineStairs{static_cast<std::int64_t>(multiplier), static_cast<std::int64_t>(roundest(b)), drop};
  }
  return std::nullopt;
}

}  // namespace lutra::onnx
