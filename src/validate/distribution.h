#pragma once
#include <cstdint>
#include <vector>

namespace lutra {

/// Numbers counted at the nearest multiple of a step, so that medians and quantiles of any number of values take
/// bounded memory. Values outside [lo, hi] count at the nearer end.
class Distribution {
 public:
  Distribution(double lo, double hi, double step);

  void add(double value);
  std::uint64_t size() const { return size_; }

  /// The value with `rank` smaller ones, 0 <= rank < size(); ranks outside are clamped. size() > 0.
  double at_rank(double rank) const;

  /// The value below which the fraction p lies.
  double quantile(double p) const { return at_rank(p * static_cast<double>(size_)); }

 private:
  double lo_, step_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t size_ = 0;
};

}  // namespace lutra
