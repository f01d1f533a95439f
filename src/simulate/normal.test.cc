#include "simulate/normal.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace lutra {
namespace {

TEST(FastNormal, FollowsTheNormalDistribution) {
  constexpr int n = 2'000'000;
  const std::array<double, 9> edges = {-4, -3, -2, -0.5, 0, 0.1, 1, 2.5, 3.8};
  std::array<int, 9> below{};
  Random random(1, RandomStream::transport, 0);
  double sum = 0, square = 0, fourth = 0;
  for (int i = 0; i < n; ++i) {
    const double x = fast_normal(random);
    sum += x;
    square += x * x;
    fourth += x * x * x * x;
    for (std::size_t k = 0; k < edges.size(); ++k) below[k] += x < edges[k];
  }
  EXPECT_NEAR(sum / n, 0, 5 / std::sqrt(n));
  EXPECT_NEAR(square / n, 1, 5 * std::sqrt(2.0 / n));
  EXPECT_NEAR(fourth / n, 3, 5 * std::sqrt(96.0 / n));
  for (std::size_t k = 0; k < edges.size(); ++k) {
    const double p = std::erfc(-edges[k] / std::sqrt(2.0)) / 2;
    EXPECT_NEAR(below[k], p * n, 5 * std::sqrt(p * (1 - p) * n)) << edges[k];
  }
}

}  // namespace
}  // namespace lutra
