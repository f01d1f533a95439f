#include "simulate/noise.h"

#include <algorithm>

namespace lutra {

Noise::Noise(const SimulationConfig& config)
    : shape_(config.detector.shape()),
      electronic_(poisson_table(config.noise.electronic_strips)),
      cavern_(poisson_table(config.noise.cavern_clusters)),
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
  const int width = width_.sample(random.bits()) + 1;
  // Clusters may begin before the first strip, so that every strip is covered equally often.
  const int places = shape_.strips + width - 1;
  const int place = static_cast<int>(random.below(static_cast<std::uint32_t>(shape_.layers * places)));
  const int layer = place / places;
  const int first = place % places - (width - 1);
  const int last = std::min(first + width, shape_.strips);
  for (int strip = std::max(first, 0); strip < last; ++strip)
    cells.add(layer * shape_.strips + strip, HitOrigin::cavern);
}

}  // namespace lutra
