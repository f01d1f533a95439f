#pragma once
#include <cstdint>
#include <vector>

#include "base/json.h"

namespace lutra {

/// Range and mean of numbers that come one by one.
class Summary {
 public:
  void add(double value);
  std::uint64_t count() const { return count_; }
  double lo() const { return lo_; }
  double hi() const { return hi_; }

  /// {"lo", "hi", "mean"}, or {} without numbers; "nan" counts those that are not finite and enter nothing else.
  Json to_json() const;

 private:
  std::uint64_t count_ = 0, not_finite_ = 0;
  double lo_ = 0, hi_ = 0, sum_ = 0;
};

/// Counts in equal bins of [lo, hi]; the last bin includes hi. All in one bin when lo = hi.
class Histogram {
 public:
  Histogram(double lo, double hi, int bins);
  void add(double value);

  /// {"edges": [...], "counts": [...]}, plus "below" and "above" when something lies outside.
  Json to_json() const;

 private:
  double lo_, hi_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t below_ = 0, above_ = 0;
};

/// A JSON value made short: long lists of numbers become {"count", "lo", "hi"}, nested ones {"shape", "lo", "hi"}, long
/// texts and lists of other things are cut, and all but the first keys of large objects are counted only.
Json shortened(const Json& value);

}  // namespace lutra
