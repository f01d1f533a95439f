#include "fragment/window.h"

#include <algorithm>

#include "base/contract.h"

namespace lutra {

WindowSearch::WindowSearch(const ImageShape& shape, int width, int stride)
    : width_(width),
      stride_(stride),
      starts_(static_cast<std::size_t>(shape.strips - width + 1)),
      counts_(static_cast<std::size_t>(shape.strips + width)),
      sums_(counts_.size()),
      part_(counts_.size()) {
  expects(width >= 1 && stride >= 1 && width <= shape.strips, "the window fits the image");
}

int WindowSearch::start(std::span<const std::uint16_t> columns) {
  std::fill(counts_.begin(), counts_.end(), std::uint16_t{0});
  for (const std::uint16_t column : columns) ++counts_[column];
  // Window sums by doubling: part = sums over 2^k columns. Serial-free, so that it runs in vector registers.
  const auto width = static_cast<std::size_t>(width_);
  const std::size_t size = counts_.size();
  part_ = counts_;
  std::fill(sums_.begin(), sums_.end(), std::uint16_t{0});
  for (std::size_t span = 1, done = 0; span <= width; span *= 2) {
    if (width & span) {
      for (std::size_t i = 0; i < size - done; ++i) sums_[i] = static_cast<std::uint16_t>(sums_[i] + part_[i + done]);
      done += span;
    }
    for (std::size_t i = 0; i + span < size; ++i) part_[i] = static_cast<std::uint16_t>(part_[i] + part_[i + span]);
  }
  std::size_t best = 0;
  if (stride_ == 1)
    return static_cast<int>(std::max_element(sums_.begin(), sums_.begin() + static_cast<std::ptrdiff_t>(starts_)) -
                            sums_.begin());
  for (std::size_t i = 0; i < starts_; i += static_cast<std::size_t>(stride_))
    if (sums_[i] > sums_[best]) best = i;
  return static_cast<int>(best);
}

}  // namespace lutra
