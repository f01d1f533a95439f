#include "physics/normal.h"

#include <gtest/gtest.h>

#include "physics/estimate.h"

namespace lutra {
namespace {

TEST(NormalQuantile, KnownValues) {
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-12);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
  EXPECT_NEAR(normal_quantile((1 + one_sigma) / 2), 1, 1e-12);
  EXPECT_NEAR(normal_quantile((1 - one_sigma) / 2), -1, 1e-12);
}

}  // namespace
}  // namespace lutra
