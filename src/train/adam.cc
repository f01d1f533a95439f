#include "train/adam.h"

#include <cmath>
#include <numbers>

#include "base/contract.h"

namespace lutra {

void step(Adam& adam, std::span<float> parameters, std::span<const float> gradient, double rate, double weight_decay,
          std::span<const float> rate_scale) {
  expects(parameters.size() == adam.mean.size() && gradient.size() == parameters.size(), "one gradient per parameter");
  constexpr double keep_mean = 0.9, keep_variance = 0.999, epsilon = 1e-8;
  ++adam.step;
  const double mean_bias = 1 - std::pow(keep_mean, static_cast<double>(adam.step));
  const double variance_bias = 1 - std::pow(keep_variance, static_cast<double>(adam.step));
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const double g = gradient[i];
    const double mean = keep_mean * adam.mean[i] + (1 - keep_mean) * g;
    const double variance = keep_variance * adam.variance[i] + (1 - keep_variance) * g * g;
    const double own_rate = rate * (rate_scale.empty() ? 1.0 : rate_scale[i]);
    const double move = mean / mean_bias / (std::sqrt(variance / variance_bias) + epsilon);
    adam.mean[i] = static_cast<float>(mean);
    adam.variance[i] = static_cast<float>(variance);
    parameters[i] = static_cast<float>(parameters[i] - own_rate * (move + weight_decay * parameters[i]));
  }
}

double learning_rate(const TrainConfig& config, std::int64_t step, std::int64_t steps) {
  if (config.schedule == "constant") return config.learning_rate;
  const double share = static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(steps, 1));
  const double warmup = config.schedule == "one_cycle" ? config.warmup_share : 0;
  if (share < warmup) return config.learning_rate * (0.05 + 0.95 * share / warmup);
  const double fall = 0.5 + 0.5 * std::cos(std::numbers::pi * (share - warmup) / (1 - warmup));
  return config.learning_rate * (config.final_share + (1 - config.final_share) * fall);
}

double norm(std::span<const float> vector) {
  double sum = 0;
  for (const float v : vector) sum += static_cast<double>(v) * v;
  return std::sqrt(sum);
}

}  // namespace lutra
