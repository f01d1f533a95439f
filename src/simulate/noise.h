#pragma once
#include <vector>

#include "base/random.h"
#include "simulate/cells.h"
#include "simulate/config.h"
#include "simulate/tables.h"

namespace lutra {

/// Electronic noise on single strips and cavern background in clusters, uniform in layer and strip. The number of
/// clusters is drawn, not every strip: the cost follows the noise, not the image.
class Noise {
 public:
  explicit Noise(const SimulationConfig& config);

  void fire(Random& random, Cells& cells) const;

 private:
  void fire_cavern_cluster(Random& random, Cells& cells) const;

  ImageShape shape_;
  DiscreteTable electronic_;
  int longest_;  // widest cavern cluster
  /// Clusters may begin up to longest_ - 1 strips before the image, so that every strip is covered equally often; their
  /// number is scaled to keep the mean per image.
  DiscreteTable cavern_;
  DiscreteTable width_;
  std::vector<OddStripConfig> hot_;
};

}  // namespace lutra
