#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "train/train_config.h"

namespace lutra {

/// State of Adam (Kingma and Ba, arXiv 1412.6980) over one flat parameter vector.
struct Adam {
  std::vector<float> mean;      // running mean of the gradient
  std::vector<float> variance;  // running mean of its square
  std::int64_t step = 0;        // steps taken

  explicit Adam(std::size_t parameters) : mean(parameters), variance(parameters) {}
};

/// One step along `gradient` with decoupled weight decay. `rate_scale` multiplies the learning rate of each parameter
/// (empty: 1).
void step(Adam& adam, std::span<float> parameters, std::span<const float> gradient, double learning_rate,
          double weight_decay, std::span<const float> rate_scale);

/// Learning rate of step `step` out of `steps`.
double learning_rate(const TrainConfig& config, std::int64_t step, std::int64_t steps);

/// Euclidean norm, summed in double and in order.
double norm(std::span<const float> vector);

}  // namespace lutra
