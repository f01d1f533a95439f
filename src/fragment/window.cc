#include "fragment/window.h"

#include <algorithm>
#include <array>

#include "base/contract.h"

namespace lutra {
namespace {

constexpr std::size_t few = 96;  // hits up to which the quadratic search is faster
constexpr std::size_t lanes = 16;

}  // namespace

WindowSearch::WindowSearch(const ImageShape& shape, int width, int stride)
    : width_(width),
      stride_(stride),
      last_start_((shape.strips - width) / std::max(stride, 1) * stride),
      columns_(few),
      candidates_(few),
      counts_(few),
      per_column_(static_cast<std::size_t>(shape.strips)) {
  expects(width >= 1 && stride >= 1 && width <= shape.strips && shape.strips <= max_cells, "the window fits the image");
}

int WindowSearch::start(std::span<const std::uint16_t> columns) {
  return columns.size() <= few ? start_of_few(columns) : start_of_many(columns);
}

/// The lowest best window either starts at 0 or is the first to contain one of the hits: otherwise the window before it
/// would be as good. So every hit gives one candidate, and all pairs of hit and candidate are compared, without
/// branches and in vector registers.
int WindowSearch::start_of_few(std::span<const std::uint16_t> columns) {
  const std::size_t n = columns.size();
  for (std::size_t i = 0; i < n; ++i) {
    const int first = std::max(columns[i] - width_ + 1, 0);
    const int candidate = stride_ == 1 ? first : (first + stride_ - 1) / stride_ * stride_;
    columns_[i] = static_cast<std::int16_t>(columns[i]);
    candidates_[i] = static_cast<std::int16_t>(std::min(candidate, last_start_));
  }
  const auto width = static_cast<std::int16_t>(width_);
  for (std::size_t begin = 0; begin < n; begin += lanes) {
    std::array<std::int16_t, lanes> count{};
    for (std::size_t j = 0; j < n; ++j) {
      const std::int16_t column = columns_[j];
      for (std::size_t i = 0; i < lanes; ++i) {
        const auto place = static_cast<std::int16_t>(column - candidates_[begin + i]);
        count[i] = static_cast<std::int16_t>(count[i] + ((place >= 0) & (place < width) ? 1 : 0));
      }
    }
    std::copy(count.begin(), count.end(), counts_.begin() + static_cast<std::ptrdiff_t>(begin));
  }
  int best = 0, most = -1;
  for (std::size_t i = 0; i < n; ++i) {
    // More hits win, then the lower start.
    const bool is_better = counts_[i] > most || (counts_[i] == most && candidates_[i] < best);
    best = is_better ? candidates_[i] : best;
    most = is_better ? counts_[i] : most;
  }
  // Start 0 is as good only when it contains as many.
  const auto at_zero = std::count_if(columns.begin(), columns.end(), [&](int column) { return column < width_; });
  return at_zero >= most ? 0 : best;
}

int WindowSearch::start_of_many(std::span<const std::uint16_t> columns) {
  std::fill(per_column_.begin(), per_column_.end(), 0);
  for (const std::uint16_t column : columns) ++per_column_[column];
  int sum = 0, best = 0;
  for (int i = 0; i < width_; ++i) sum += per_column_[static_cast<std::size_t>(i)];
  for (int start = 0, most = sum; start < last_start_;) {
    sum += per_column_[static_cast<std::size_t>(start + width_)] - per_column_[static_cast<std::size_t>(start)];
    if (++start % stride_ != 0 || sum <= most) continue;
    best = start;
    most = sum;
  }
  return best;
}

}  // namespace lutra
