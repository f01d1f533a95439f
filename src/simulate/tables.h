#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "event/event.h"

namespace lutra {

/// A discrete distribution over 0, 1, ... sampled from 32 random bits by guided inversion: one table look-up and, on
/// average, less than two comparisons (Chen & Asau 1974). Exact to 2^-32.
class DiscreteTable {
 public:
  /// Weights need not be normalised.
  explicit DiscreteTable(const std::vector<double>& weights);

  int sample(std::uint32_t bits) const {
    std::size_t k = guide_[bits >> 24];
    while (bits > last_[k]) ++k;
    return static_cast<int>(k);
  }

 private:
  std::vector<std::uint32_t> last_;   // largest bits of each value
  std::vector<std::uint16_t> guide_;  // first value that can occur, by the top 8 bits
};

/// Poisson, cut where less than 2^-32 is left.
DiscreteTable poisson_table(double mean);

/// Image column of a point from cot(theta) = z / r: (asinh(z / r) - eta_first) / pitch, by linear interpolation in a
/// table; off by less than 1e-3 columns.
class ColumnTable {
 public:
  explicit ColumnTable(const ImageShape& shape);

  /// Real-valued column; negative or >= strips outside the image (clamped to one column beyond).
  double column(double cot_theta) const {
    const double x = (cot_theta - lo_) * per_step_;
    if (!(x > 0)) return -1;
    if (!(x < last_)) return beyond_;
    const int i = static_cast<int>(x);
    const double* const at = column_.data() + i;
    return at[0] + (x - i) * (at[1] - at[0]);
  }

 private:
  double lo_, per_step_, last_, beyond_;
  std::vector<double> column_;
};

}  // namespace lutra
