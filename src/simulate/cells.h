#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "event/event.h"

namespace lutra {

/// The image of one event while it is being made: fired cells with their strongest origin, handed over in cell order.
class Cells {
 public:
  void add(int cell, HitOrigin origin) {
    std::uint8_t& held = strength_[static_cast<std::size_t>(cell)];
    listed_[count_ % capacity] = static_cast<std::int16_t>(cell);
    count_ += held == 0;
    held = std::max(held, strength(origin));
  }

  /// Appends the hits, sorted by cell, and empties the image, which has `cells` cells.
  void take(int cells, std::vector<Hit>& to);

 private:
  static constexpr std::size_t capacity = 64;

  /// 0: not fired; muon 4 > secondary 3 > cavern 2 > electronic 1.
  static std::uint8_t strength(HitOrigin origin) {
    constexpr std::array<std::uint8_t, 4> of_origin = {1, 2, 4, 3};
    return of_origin[static_cast<std::size_t>(origin)];
  }
  Hit take_cell(std::size_t cell);
  void take_few(Hit* to);
  void take_many(std::size_t cells, Hit* to);

  std::array<std::uint8_t, max_cells> strength_{};
  std::size_t count_ = 0;                        // fired cells
  std::array<std::int16_t, capacity> listed_{};  // them, while there are at most `capacity`
};

}  // namespace lutra
