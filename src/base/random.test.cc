#include "base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace lutra {
namespace {

TEST(Random, IsAFunctionOfItsKey) {
  Random a(1, RandomStream::muon, 5);
  Random b(1, RandomStream::muon, 5);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.bits(), b.bits());
}

TEST(Random, SeedsStreamsAndEventsAreIndependent) {
  std::set<std::uint32_t> first;
  for (std::uint64_t seed : {0ull, 1ull, 1ull << 40})
    for (const RandomStream stream : {RandomStream::muon, RandomStream::noise})
      for (std::uint64_t event : {0ull, 1ull, 1ull << 40}) first.insert(Random(seed, stream, event).bits());
  EXPECT_EQ(first.size(), 18u);
}

TEST(Random, UniformIsInsideTheOpenIntervalWithTheRightMoments) {
  Random random(3, RandomStream::verify, 0);
  double sum = 0, squares = 0;
  const int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform();
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / n, 0.5, 5 * std::sqrt(1.0 / 12 / n));
  EXPECT_NEAR(squares / n, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / n));
}

TEST(Random, NormalHasUnitVarianceAndNoKurtosis) {
  Random random(4, RandomStream::verify, 0);
  double sum = 0, squares = 0, fourth = 0;
  const int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    fourth += x * x * x * x;
  }
  EXPECT_NEAR(sum / n, 0, 5 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 5 * std::sqrt(2.0 / n));
  EXPECT_NEAR(fourth / n, 3, 5 * std::sqrt(96.0 / n));
}

TEST(Random, PoissonMeanEqualsVariance) {
  for (const double mean : {0.0, 0.3, 8.1, 60.0}) {
    Random random(5, RandomStream::verify, 0);
    double sum = 0, squares = 0;
    const int n = 50000;
    for (int i = 0; i < n; ++i) {
      const double k = random.poisson(mean);
      sum += k;
      squares += (k - mean) * (k - mean);
    }
    EXPECT_NEAR(sum / n, mean, 5 * std::sqrt(mean / n) + 1e-12);
    EXPECT_NEAR(squares / n, mean, 5 * std::sqrt((mean + 2 * mean * mean) / n) + 1e-12);
  }
}

TEST(Random, BelowIsUniform) {
  Random random(6, RandomStream::verify, 0);
  int counts[7] = {};
  const int n = 70000;
  for (int i = 0; i < n; ++i) ++counts[random.below(7)];
  for (const int count : counts) EXPECT_NEAR(count, n / 7, 5 * std::sqrt(n / 7.0));
}

}  // namespace
}  // namespace lutra
