#pragma once
#include <cstdint>
#include <vector>

namespace lutra {

/// +-2^shift times what a signal was `delay` clocks ago.
struct Digit {
  int signal = 0;
  int shift = 0;
  bool negative = false;
  int delay = 0;
  friend bool operator==(const Digit&, const Digit&) = default;
};

/// Canonical signed digits of `weight` times the signal (of `delay` clocks ago): no two neighbours are set, so their
/// number is the smallest possible (Reitwiesner 1960). Lowest first; none for 0. With `low_threes`, 3 is 2 + 1 instead
/// of 4 - 1 where the number of digits stays the same: narrower sums, other common ones.
std::vector<Digit> signed_digits(int signal, std::int64_t weight, int delay = 0, bool low_threes = false);

}  // namespace lutra
