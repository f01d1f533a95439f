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
  int start_of_few(std::span<const std::uint16_t> columns);
  int start_of_many(std::span<const std::uint16_t> columns);

  int width_, stride_;
  int last_start_;
  std::vector<std::int16_t> columns_, candidates_, counts_;  // of few hits, padded to whole vectors
  std::vector<int> per_column_;                              // of many hits
};

}  // namespace lutra
