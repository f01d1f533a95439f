#include "report/paired.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "report/fields.h"

namespace lutra {
namespace {

/// A number with half the width of its interval.
struct Measurement {
  double value = 0;
  double error = 0;
};

std::optional<Measurement> measurement(const StudyNetwork& n, const std::string& key) {
  const auto value = n.metrics == nullptr ? std::nullopt : maybe_number(*n.metrics, key, n.where);
  if (!value) return std::nullopt;
  const Bounds bounds = maybe_bounds(*n.metrics, key + "_interval", n.where);
  return Measurement{*value, bounds.lo && bounds.hi ? (*bounds.hi - *bounds.lo) / 2 : 0};
}

bool alike(const StudyNetwork& a, const StudyNetwork& b) {
  return a.run == b.run && a.train_events == b.train_events && a.precision == b.precision && a.seed == b.seed;
}

struct Pair {
  Measurement first, second;
  std::pair<std::string, int> seed;  // with its run
};

std::vector<Pair> pairs_of(const std::vector<StudyNetwork>& students, const Pairing& pairing, const std::string& key) {
  std::vector<Pair> pairs;
  for (const StudyNetwork& a : students) {
    if (a.family != "student" || recipe(a) != pairing.first) continue;
    const auto b = std::ranges::find_if(students, [&](const StudyNetwork& n) {
      return n.family == "student" && recipe(n) == pairing.second && alike(a, n);
    });
    if (b == students.end()) continue;
    const auto x = measurement(a, key), y = measurement(*b, key);
    if (x && y) pairs.push_back({*x, *y, {a.run, a.seed.value_or(0)}});
  }
  return pairs;
}

/// What two students differ by.
struct Difference {
  double value = 0;
  double error = 0;  // of the test events
  std::pair<std::string, int> seed;
};

/// Sums of the deviations from `mean`: by seed, and one by one.
struct Deviations {
  std::map<std::pair<std::string, int>, double> by_seed;
  std::vector<double> single;
};

Deviations deviations(const std::vector<Difference>& all, double mean) {
  Deviations result;
  for (const Difference& d : all) {
    result.by_seed[d.seed] += d.value - mean;
    result.single.push_back(d.value - mean);
  }
  return result;
}

/// Standard error of the mean of `count` values whose deviations add up to these independent sums.
double standard_error(const std::vector<double>& sums, double count) {
  double squares = 0;
  for (const double s : sums) squares += s * s;
  const double n = static_cast<double>(sums.size());
  return std::sqrt(n / (n - 1) * squares) / count;
}

std::optional<PairedMean> mean_of_differences(const std::vector<Difference>& all) {
  if (all.empty()) return std::nullopt;
  const double count = static_cast<double>(all.size());
  double sum = 0;
  for (const Difference& d : all) sum += d.value;
  const double mean = sum / count;
  const Deviations apart = deviations(all, mean);
  const int pairs = static_cast<int>(all.size()), seeds = static_cast<int>(apart.by_seed.size());
  if (pairs == 1) return PairedMean{1, 1, mean, all.front().error};
  std::vector<double> sums;
  for (const auto& [seed, total] : apart.by_seed) sums.push_back(total);
  return PairedMean{pairs, seeds, mean, standard_error(seeds == 1 ? apart.single : sums, count)};
}

}  // namespace

std::optional<PairedMean> paired_difference(const std::vector<StudyNetwork>& students, const Pairing& pairing,
                                            const std::string& key) {
  std::vector<Difference> all;
  for (const Pair& p : pairs_of(students, pairing, key))
    all.push_back({p.first.value - p.second.value, std::hypot(p.first.error, p.second.error), p.seed});
  return mean_of_differences(all);
}

std::optional<PairedMean> paired_log_ratio(const std::vector<StudyNetwork>& students, const Pairing& pairing,
                                           const std::string& key) {
  std::vector<Difference> all;
  for (const Pair& p : pairs_of(students, pairing, key))
    if (p.first.value > 0 && p.second.value > 0)
      all.push_back({std::log(p.first.value / p.second.value),
                     std::hypot(p.first.error / p.first.value, p.second.error / p.second.value), p.seed});
  return mean_of_differences(all);
}

}  // namespace lutra
