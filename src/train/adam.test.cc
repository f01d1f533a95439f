#include "train/adam.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(Adam, FirstStepMovesEveryParameterByTheLearningRate) {
  Adam adam(2);
  std::vector<float> parameters = {1, -1};
  step(adam, parameters, std::vector<float>{0.3f, -20.0f}, 0.01, 0, {});
  EXPECT_NEAR(parameters[0], 0.99, 1e-6);
  EXPECT_NEAR(parameters[1], -0.99, 1e-6);
}

TEST(Adam, RateScaleAndWeightDecayActPerParameter) {
  Adam adam(2);
  std::vector<float> parameters = {1, 1};
  step(adam, parameters, std::vector<float>{0, 0}, 0.1, 0.5, std::vector<float>{1, 0});
  EXPECT_NEAR(parameters[0], 0.95, 1e-6);
  EXPECT_EQ(parameters[1], 1);
}

TEST(Adam, FindsTheMinimumOfAParabola) {
  Adam adam(1);
  std::vector<float> x = {5};
  for (int i = 0; i < 4000; ++i) step(adam, x, std::vector<float>{2 * (x[0] - 2)}, 0.01, 0, {});
  EXPECT_NEAR(x[0], 2, 1e-3);
}

TEST(LearningRate, OneCycleRisesThenFalls) {
  TrainConfig config;
  config.learning_rate = 1;
  config.warmup_share = 0.2;
  config.final_share = 0.01;
  EXPECT_NEAR(learning_rate(config, 0, 1000), 0.05, 1e-12);
  EXPECT_NEAR(learning_rate(config, 200, 1000), 1, 1e-12);
  EXPECT_NEAR(learning_rate(config, 600, 1000), 0.505, 1e-12);
  EXPECT_NEAR(learning_rate(config, 1000, 1000), 0.01, 1e-12);
}

TEST(LearningRate, CosineAndConstant) {
  TrainConfig config;
  config.learning_rate = 2;
  config.schedule = "constant";
  EXPECT_EQ(learning_rate(config, 7, 10), 2);
  config.schedule = "cosine";
  EXPECT_EQ(learning_rate(config, 0, 10), 2);
}

}  // namespace
}  // namespace lutra
