#include "simulate/cells.h"

#include <limits>

namespace lutra {

Hit Cells::take_cell(std::size_t cell) {
  constexpr std::array<HitOrigin, 5> of_strength = {HitOrigin::electronic, HitOrigin::electronic, HitOrigin::cavern,
                                                    HitOrigin::secondary, HitOrigin::muon};
  const HitOrigin origin = of_strength[strength_[cell]];
  strength_[cell] = 0;
  return Hit(static_cast<int>(cell), origin);
}

/// Sorts by rank: each cell's place is the number of smaller cells. Quadratic, but without a branch to mispredict and
/// in vector registers: for 30 hits several times faster than a comparison sort or a scan of the image.
void Cells::take_few(Hit* to) {
  std::fill(listed_.begin() + static_cast<std::ptrdiff_t>(count_), listed_.end(),
            std::numeric_limits<std::int16_t>::max());
  for (std::size_t begin = 0; begin < count_; begin += lanes) {
    std::array<std::int16_t, lanes> rank{};
    for (std::size_t j = 0; j < count_; ++j) {
      const std::int16_t other = listed_[j];
      for (std::size_t i = 0; i < lanes; ++i)
        rank[i] = static_cast<std::int16_t>(rank[i] + (listed_[begin + i] > other ? 1 : 0));
    }
    const std::size_t end = std::min(lanes, count_ - begin);
    for (std::size_t i = 0; i < end; ++i)
      to[static_cast<std::size_t>(rank[i])] = take_cell(static_cast<std::size_t>(listed_[begin + i]));
  }
}

void Cells::take_many(std::size_t cells, Hit* to) {
  for (std::size_t cell = 0; cell < cells; ++cell)
    if (strength_[cell] != 0) *to++ = take_cell(cell);
}

void Cells::take(int cells, std::vector<Hit>& to) {
  to.resize(to.size() + count_);
  Hit* const place = to.data() + to.size() - count_;
  if (count_ < capacity)  // with a full list, a cell that is added again overwrites its first entry
    take_few(place);
  else
    take_many(static_cast<std::size_t>(cells), place);
  count_ = 0;
}

}  // namespace lutra
