#include "validate/statistics.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"

namespace lutra {
namespace {

constexpr double z = 1.96;  // standard deviations of a 95 % interval

Check check_of(const Expectation& e, double toy, double lo, double hi) {
  return {e.quantity, e.measured, e.lo, e.hi, toy, lo, hi};
}

}  // namespace

Check fraction_check(const Expectation& expectation, std::uint64_t passed, std::uint64_t all) {
  expects(all > 0, "a fraction of something");
  const double n = static_cast<double>(all), p = static_cast<double>(passed) / n;
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return check_of(expectation, p, centre - half, centre + half);
}

Check mean_check(const Expectation& expectation, const std::vector<double>& values) {
  expects(!values.empty(), "a mean of something");
  const double n = static_cast<double>(values.size());
  double sum = 0, square = 0;
  for (const double value : values) sum += value;
  for (const double value : values) square += (value - sum / n) * (value - sum / n);
  const double half = z * std::sqrt(square / n / n);
  return check_of(expectation, sum / n, sum / n - half, sum / n + half);
}

Check median_check(const Expectation& expectation, std::vector<double> values) {
  expects(!values.empty(), "a median of something");
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size()), half = 0.5 * z * std::sqrt(n);
  const auto at = [&](double place) { return values[static_cast<std::size_t>(std::clamp(place, 0.0, n - 1))]; };
  return check_of(expectation, at(n / 2), at(n / 2 - half), at(n / 2 + half));
}

}  // namespace lutra
