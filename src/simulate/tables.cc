#include "simulate/tables.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/contract.h"

namespace lutra {

DiscreteTable::DiscreteTable(const std::vector<double>& weights) : guide_(256) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  expects(total > 0 && weights.size() < 65536, "weights have a positive sum");
  double sum = 0;
  std::size_t last_possible = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    sum += weights[k] / total;
    if (weights[k] > 0) last_possible = k;
    last_.push_back(static_cast<std::uint32_t>(std::clamp(std::round(sum * 0x1p32) - 1, 0.0, 0x1p32 - 1)));
  }
  std::fill(last_.begin() + static_cast<std::ptrdiff_t>(last_possible), last_.end(), 0xffffffffu);
  // A leading weight of 0 would otherwise own the value bits == 0; 2^-32 is below the stated exactness.
  for (std::size_t i = 0; i < guide_.size(); ++i)
    guide_[i] = static_cast<std::uint16_t>(
        std::lower_bound(last_.begin(), last_.end(), static_cast<std::uint32_t>(i << 24)) - last_.begin());
}

DiscreteTable poisson_table(double mean) {
  std::vector<double> weights;
  double sum = 0;
  for (int k = 0; sum < 1 - 0x1p-33 && k < mean + 20 * std::sqrt(mean) + 40; ++k) {
    weights.push_back(mean > 0 ? std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0)) : (k == 0 ? 1.0 : 0.0));
    sum += weights.back();
  }
  return DiscreteTable(weights);
}

ColumnTable::ColumnTable(const ImageShape& shape) : last_(4096), beyond_(shape.strips + 1) {
  const int steps = static_cast<int>(last_);
  lo_ = std::sinh(shape.eta_first - shape.eta_pitch);
  const double hi = std::sinh(shape.eta_first + shape.eta_pitch * (shape.strips + 1));
  per_step_ = steps / (hi - lo_);
  for (int i = 0; i <= steps; ++i)
    column_.push_back((std::asinh(lo_ + i / per_step_) - shape.eta_first) / shape.eta_pitch);
}

}  // namespace lutra
