#include "simulate/response.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace lutra {
namespace {

TEST(ChargeSharing, GivesTheWantedWidths) {
  const std::vector<double> wanted = {0.67, 0.22, 0.08, 0.03};
  const ChargeSharing sharing(wanted);
  std::vector<int> seen(4);
  constexpr int n = 100000;
  Random random(1, RandomStream::response, 0);
  for (int i = 0; i < n; ++i) {
    const StripRange strips = sharing.cluster(random.uniform(10, 20), random.uniform());
    ++seen[static_cast<std::size_t>(std::min(strips.last - strips.first, 3))];
  }
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_NEAR(seen[k], wanted[k] * n, 5 * std::sqrt(wanted[k] * (1 - wanted[k]) * n)) << k;
}

TEST(ChargeSharing, NeighboursFireWhenTheMuonIsNearThem) {
  const ChargeSharing sharing({0.67, 0.22, 0.08, 0.03});
  Random random(1, RandomStream::response, 0);
  int centre = 0, left = 0, right = 0;
  for (int i = 0; i < 10000; ++i) {
    const StripRange middle = sharing.cluster(10.5, random.uniform()), edge = sharing.cluster(10.95, random.uniform());
    EXPECT_LE(middle.first, 10);
    EXPECT_GE(middle.last, 10);
    centre += middle.last > 10;
    left += edge.first < 10;
    right += edge.last > 10;
  }
  EXPECT_GT(right, 2 * centre);
  EXPECT_GT(right, 3 * left);
}

TEST(ColumnTable, FollowsTheDefinition) {
  const ImageShape shape;
  const ColumnTable table(shape);
  for (double eta = 0.066; eta < 1.04; eta += 0.00123)
    EXPECT_NEAR(table.column(std::sinh(eta)), (eta - shape.eta_first) / shape.eta_pitch, 1e-3);
  EXPECT_LT(table.column(0), 0);
  EXPECT_LT(table.column(-3), 0);
  EXPECT_GE(table.column(3), shape.strips);
}

TEST(DiscreteTable, SamplesItsWeights) {
  const std::vector<double> weights = {0, 1, 3, 0, 6, 0};
  const DiscreteTable table(weights);
  std::vector<int> seen(6);
  Random random(1, RandomStream::noise, 0);
  for (int i = 0; i < 100000; ++i) ++seen[static_cast<std::size_t>(table.sample(random.bits()))];
  for (std::size_t k = 0; k < 6; ++k) {
    const double p = weights[k] / 10;
    EXPECT_NEAR(seen[k], p * 1e5, 5 * std::sqrt(p * (1 - p) * 1e5)) << k;
  }
}

TEST(PoissonTable, HasMeanAndVariance) {
  for (const double mean : {0.0, 0.5, 8.1, 120.0}) {
    const DiscreteTable table = poisson_table(mean);
    Random random(1, RandomStream::noise, 0);
    double sum = 0, square = 0;
    constexpr int n = 50000;
    for (int i = 0; i < n; ++i) {
      const double k = table.sample(random.bits());
      sum += k;
      square += k * k;
    }
    EXPECT_NEAR(sum / n, mean, 5 * std::sqrt(mean / n) + 1e-9);
    EXPECT_NEAR(square / n - sum / n * sum / n, mean, 0.05 * mean + 1e-9);
  }
}

}  // namespace
}  // namespace lutra
