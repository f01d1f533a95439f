#include "validate/statistics.h"

#include <cmath>
#include <numeric>

#include "base/contract.h"

namespace lutra {
namespace {

constexpr double z = 1.96;  // standard deviations of a 95 % interval

Check check_of(const Expectation& e, double toy, const ConfidenceInterval& interval) {
  return {e.quantity, e.measured, e.lo, e.hi, toy, interval.lo, interval.hi};
}

}  // namespace

ConfidenceInterval wilson(const Share& share) {
  expects(share.all > 0, "a fraction of something");
  const double n = static_cast<double>(share.all), p = static_cast<double>(share.passed) / n;
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {centre - half, centre + half};
}

Check fraction_check(const Expectation& expectation, const Share& share) {
  const ConfidenceInterval interval = wilson(share);
  return check_of(expectation, static_cast<double>(share.passed) / static_cast<double>(share.all), interval);
}

Check mean_check(const Expectation& expectation, const Counts& counts, const std::function<double(double)>& value) {
  const double n = static_cast<double>(total(counts));
  expects(n > 0, "a mean of something");
  const auto mean_of = [&](const std::function<double(double)>& of) {
    double sum = 0;
    for (std::size_t k = 0; k < counts.size(); ++k)
      sum += static_cast<double>(counts[k]) * of(value(static_cast<double>(k)));
    return sum / n;
  };
  const double mean = mean_of([](double v) { return v; });
  const double half = z * std::sqrt(mean_of([&](double v) { return (v - mean) * (v - mean); }) / n);
  return check_of(expectation, mean, {mean - half, mean + half});
}

Check median_check(const Expectation& expectation, const Distribution& values) {
  const double n = static_cast<double>(values.size()), half = 0.5 * z * std::sqrt(n);
  return check_of(expectation, values.at_rank(n / 2), {values.at_rank(n / 2 - half), values.at_rank(n / 2 + half)});
}

std::uint64_t total(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }

std::vector<Share> in_classes(const Counts& counts, std::span<const int> classes) {
  std::vector<Share> shares;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const auto begin = std::min(static_cast<std::size_t>(classes[k]), counts.size());
    const auto end = k + 1 == classes.size() ? counts.size() : std::min(begin + 1, counts.size());
    shares.push_back({std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(begin),
                                      counts.begin() + static_cast<std::ptrdiff_t>(end), std::uint64_t{0}),
                      total(counts)});
  }
  return shares;
}

}  // namespace lutra
