#include "report/paired.h"

#include <algorithm>
#include <cmath>

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
    if (x && y) pairs.push_back({*x, *y});
  }
  return pairs;
}

/// `single_error`: of the value when there is only one.
std::optional<PairedMean> mean_of_values(const std::vector<double>& values, double single_error) {
  if (values.empty()) return std::nullopt;
  const double count = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  const double mean = sum / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double error = values.size() == 1 ? single_error : std::sqrt(squares / (count - 1) / count);
  return PairedMean{static_cast<int>(values.size()), mean, error};
}

}  // namespace

std::optional<PairedMean> paired_difference(const std::vector<StudyNetwork>& students, const Pairing& pairing,
                                            const std::string& key) {
  std::vector<double> values;
  double error = 0;
  for (const Pair& p : pairs_of(students, pairing, key)) {
    values.push_back(p.first.value - p.second.value);
    error = std::hypot(p.first.error, p.second.error);
  }
  return mean_of_values(values, error);
}

std::optional<PairedMean> paired_log_ratio(const std::vector<StudyNetwork>& students, const Pairing& pairing,
                                           const std::string& key) {
  std::vector<double> values;
  double error = 0;
  for (const Pair& p : pairs_of(students, pairing, key)) {
    if (p.first.value <= 0 || p.second.value <= 0) continue;
    values.push_back(std::log(p.first.value / p.second.value));
    error = std::hypot(p.first.error / p.first.value, p.second.error / p.second.value);
  }
  return mean_of_values(values, error);
}

}  // namespace lutra
