#include "simulate/noise.h"

#include <algorithm>

namespace lutra {

Noise::Noise(const SimulationConfig& config)
    : shape_(config.detector.shape()),
      electronic_(poisson_table(config.noise.electronic_strips)),
      longest_(static_cast<int>(config.noise.cavern_widths.size())),
      cavern_(poisson_table(config.noise.cavern_clusters * (shape_.strips + longest_ - 1) / shape_.strips)),
      width_(config.noise.cavern_widths) {
  for (const OddStripConfig& odd : config.detector.odd_strips)
    if (odd.rate > 0) hot_.push_back(odd);
}

void Noise::fire(Random& random, Cells& cells) const {
  const auto size = static_cast<std::uint32_t>(shape_.cells());
  for (int n = electronic_.sample(random.bits()); n > 0; --n)
    cells.add(static_cast<int>(random.below(size)), HitOrigin::electronic);
  for (int n = cavern_.sample(random.bits()); n > 0; --n) fire_cavern_cluster(random, cells);
  for (const OddStripConfig& strip : hot_)
    if (random.chance(strip.rate)) cells.add(strip.layer * shape_.strips + strip.strip, HitOrigin::electronic);
}

void Noise::fire_cavern_cluster(Random& random, Cells& cells) const {
  // One draw, used up in pieces: the high half of bits x n is uniform in [0, n), the low half is uniform again. The
  // width has the last 2^20 values.
  std::uint64_t draw = std::uint64_t{random.bits()} * static_cast<std::uint32_t>(shape_.layers);
  const int layer = static_cast<int>(draw >> 32);
  draw = (draw & 0xffffffff) * static_cast<std::uint32_t>(shape_.strips + longest_ - 1);
  const int first = static_cast<int>(draw >> 32) - (longest_ - 1);
  const int last = std::min(first + width_.sample(static_cast<std::uint32_t>(draw)) + 1, shape_.strips);
  for (int strip = std::max(first, 0); strip < last; ++strip)
    cells.add(layer * shape_.strips + strip, HitOrigin::cavern);
}

}  // namespace lutra
