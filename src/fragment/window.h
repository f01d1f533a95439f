#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "event/event.h"

namespace lutra {

/// Finds the window with the most hits among starts 0, stride, 2 stride, ... <= strips - width. Of equal windows the
/// lowest start wins: the rule of the firmware. Keeps its work space, so one per thread.
class WindowSearch {
 public:
  WindowSearch(const ImageShape& shape, int width, int stride);

  /// `columns`: the column of every hit, in any order.
  int start(std::span<const std::uint16_t> columns);

 private:
  int width_, stride_;
  std::size_t starts_;                      // candidate positions before the stride
  std::vector<std::uint16_t> counts_;       // hits by column, padded
  std::vector<std::uint16_t> sums_, part_;  // hits in windows of `width`, and of a power of two
};

}  // namespace lutra
