#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "event/event.h"

namespace lutra {

/// The image of one event while it is being made: fired cells with their strongest origin, handed over in cell order.
class Cells {
 public:
  void add(int cell, HitOrigin origin) {
    const auto c = static_cast<std::size_t>(cell);
    const std::uint64_t bit = std::uint64_t{1} << (c & 63);
    const bool is_new = (occupied_[c >> 6] & bit) == 0;
    occupied_[c >> 6] |= bit;
    if (is_new || strength(origin) > strength(origin_[c])) origin_[c] = origin;
  }

  void remove(int cell) { occupied_[static_cast<std::size_t>(cell) >> 6] &= ~(std::uint64_t{1} << (cell & 63)); }

  /// Appends the hits among the first `cells` cells, sorted, and empties the image.
  void take(int cells, std::vector<Hit>& to) {
    const std::size_t words = (static_cast<std::size_t>(cells) + 63) / 64;
    for (std::size_t word = 0; word < words; ++word) {
      for (std::uint64_t left = occupied_[word]; left != 0; left &= left - 1) {
        const std::size_t cell = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
        to.emplace_back(static_cast<int>(cell), origin_[cell]);
      }
      occupied_[word] = 0;
    }
  }

 private:
  /// muon > secondary > cavern > electronic.
  static int strength(HitOrigin origin) { return static_cast<int>(origin) ^ (static_cast<int>(origin) >> 1 & 1); }

  std::array<std::uint64_t, max_cells / 64> occupied_{};
  std::array<HitOrigin, max_cells> origin_{};
};

}  // namespace lutra
