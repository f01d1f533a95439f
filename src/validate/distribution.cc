#include "validate/distribution.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"

namespace lutra {

Distribution::Distribution(double lo, double hi, double step)
    : lo_(lo), step_(step), counts_(static_cast<std::size_t>(std::lround((hi - lo) / step)) + 1, 0) {
  expects(step > 0 && hi > lo, "a range in steps");
}

void Distribution::add(double value) {
  const double place = std::clamp((value - lo_) / step_, 0.0, static_cast<double>(counts_.size() - 1));
  ++counts_[static_cast<std::size_t>(std::lround(place))];
  ++size_;
}

double Distribution::at_rank(double rank) const {
  expects(size_ > 0, "a rank among something");
  const auto wanted = static_cast<std::uint64_t>(std::clamp(rank, 0.0, static_cast<double>(size_ - 1)));
  std::uint64_t below = 0;
  std::size_t bin = 0;
  while (below + counts_[bin] <= wanted) below += counts_[bin++];
  return lo_ + step_ * static_cast<double>(bin);
}

}  // namespace lutra
