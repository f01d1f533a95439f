#include "simulate/normal.h"

#include <cmath>

namespace lutra {
namespace {

constexpr double tail_start = 3.6541528853610088;  // right end of the lowest of 256 layers
constexpr double layer_area = 0.00492867323399;

double density(double x) { return std::exp(-x * x / 2); }

/// Beyond tail_start (Marsaglia 1964).
double tail(Random& random) {
  for (;;) {
    const double x = -std::log(random.uniform()) / tail_start;
    const double y = -std::log(random.uniform());
    if (2 * y > x * x) return tail_start + x;
  }
}

}  // namespace

Ziggurat::Ziggurat() {
  x[0] = layer_area / density(tail_start);
  x[1] = tail_start;
  for (std::size_t i = 2; i < layers; ++i) x[i] = std::sqrt(-2 * std::log(layer_area / x[i - 1] + density(x[i - 1])));
  x[layers] = 0;
  for (std::size_t i = 0; i <= layers; ++i) y[i] = density(x[i]);
}

const Ziggurat ziggurat;

double slow_normal(std::size_t layer, double x, double sign, Random& random) {
  if (layer == 0) return sign * tail(random);
  const double y = ziggurat.y[layer] + random.uniform() * (ziggurat.y[layer + 1] - ziggurat.y[layer]);
  return y < density(x) ? sign * x : fast_normal(random);
}

}  // namespace lutra
