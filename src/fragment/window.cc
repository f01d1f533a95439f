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
  std::fill(counts_.begin(), counts_.end(), std::int16_t{0});
  for (const std::uint16_t column : columns) ++counts_[column];
  sum_windows();
  // Loops without early exits and of signed 16-bit numbers run in vector registers of every x86-64.
  const std::span<const std::int16_t> sums(sums_.data(), starts_);
  const auto step = static_cast<std::size_t>(stride_);
  std::int16_t most = 0;
  if (step == 1)
    for (const std::int16_t sum : sums) most = std::max(most, sum);
  else
    for (std::size_t i = 0; i < starts_; i += step) most = std::max(most, sums[i]);
  std::size_t start = 0;
  while (sums[start] != most) start += step;
  return static_cast<int>(start);
}

void WindowSearch::sum_windows() {
  const auto width = static_cast<std::size_t>(width_);
  const std::size_t size = counts_.size();
  part_ = counts_;  // sums over `span` columns, doubled in every round
  std::fill(sums_.begin(), sums_.end(), std::int16_t{0});
  for (std::size_t span = 1, done = 0; span <= width; span *= 2) {
    if (width & span) {
      for (std::size_t i = 0; i < size - done; ++i) sums_[i] = static_cast<std::int16_t>(sums_[i] + part_[i + done]);
      done += span;
    }
    if (2 * span > width) break;
    for (std::size_t i = 0; i + span < size; ++i) part_[i] = static_cast<std::int16_t>(part_[i] + part_[i + span]);
  }
}

}  // namespace lutra
