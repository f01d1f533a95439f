#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "fixed/interval.h"

namespace lutra::onnx {

/// A non-decreasing function from integers to integers, described by where it rises.
struct Staircase {
  Interval domain;
  std::int64_t first = 0;           // value at domain.lo
  std::vector<std::int64_t> rises;  // rises[k]: the smallest x with value > first + k
  std::int64_t last() const { return first + static_cast<std::int64_t>(rises.size()); }
};

/// Finds the rises by bisection, so that f is called about (rises x log domain) times. f must be non-decreasing.
/// Nothing when it rises by more than `max_rises`.
std::optional<Staircase> staircase_of(const std::function<std::int64_t(std::int64_t)>& f, Interval domain,
                                      std::size_t max_rises);

/// clamp(floor((multiplier x + bias) / 2^drop), lo, hi)
struct AffineStairs {
  std::int64_t multiplier = 1;
  std::int64_t bias = 0;
  int drop = 0;
};

/// The affine function with the fewest fractional bits that equals the staircase on its whole domain, given that values
/// outside `saturation` are clamped to it. Nothing when none with at most 30 bits does, or above 256 rises.
std::optional<AffineStairs> fit(const Staircase& stairs, Interval saturation);

}  // namespace lutra::onnx
