#include "train/classes.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace lutra {
namespace {

/// Logarithms of softmax(slope x scores).
std::vector<double> log_softmax(std::span<const float> scores, float slope) {
  const double highest = std::ranges::max(scores);
  double sum = 0;
  for (const float s : scores) sum += std::exp(static_cast<double>(slope) * (s - highest));
  std::vector<double> logs;
  for (const float s : scores) logs.push_back(static_cast<double>(slope) * (s - highest) - std::log(sum));
  return logs;
}

}  // namespace

double ClassScores::loss(std::span<const float> out, std::span<const float> reference) const {
  const std::vector<double> q = log_softmax(out, slope), p = log_softmax(reference, slope);
  double sum = 0;
  for (std::size_t k = 0; k < p.size(); ++k) sum += std::exp(p[k]) * (p[k] - q[k]);
  return std::max(sum, 0.0);
}

void ClassScores::add_gradient(std::span<const float> out, std::span<const float> reference, float scale,
                               std::span<float> gradient) const {
  const std::vector<double> q = log_softmax(out, slope), p = log_softmax(reference, slope);
  for (std::size_t k = 0; k < p.size(); ++k)
    gradient[k] += scale * slope * static_cast<float>(std::exp(q[k]) - std::exp(p[k]));
}

}  // namespace lutra
