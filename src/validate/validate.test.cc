#include "validate/validate.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "simulate/simulate.h"
#include "validate/statistics.h"

namespace lutra {
namespace {

SimulationConfig validation_sample() {
  SimulationConfig config;
  config.muon.none = 0.2;
  config.muon.pt_lo_gev = 2;
  return config;
}

/// Fails when a tuned number of the default detector drifts away from what was measured.
TEST(Validate, TheDefaultDetectorAgreesWithTheMeasuredOne) {
  const SimulationConfig config = validation_sample();
  const auto checks = validate(simulate(config, 1, 0, 60000), config.detector.shape());
  EXPECT_GE(checks.size(), 29u);
  for (const Check& check : checks)
    EXPECT_TRUE(check.agrees()) << check.quantity << ": " << check.toy << " not in " << check.lo << " to " << check.hi;
}

TEST(Validate, NoticesAWrongDetector) {
  const auto disagreements = [](const SimulationConfig& config) {
    int count = 0;
    for (const Check& check : validate(simulate(config, 1, 0, 20000), config.detector.shape()))
      count += !check.agrees();
    return count;
  };
  SimulationConfig config = validation_sample();
  config.field.strength_t *= 2;
  EXPECT_GE(disagreements(config), 3);
  config = validation_sample();
  config.noise.cavern_clusters *= 1.2;
  EXPECT_GE(disagreements(config), 2);
  config = validation_sample();
  config.response.cluster_widths = {0.75, 0.2, 0.04, 0.01};
  EXPECT_GE(disagreements(config), 1);
}

TEST(Validate, NeedsTheRightEvents) {
  EXPECT_THROW(validate(EventBatch{}, ImageShape{}), Error);
  const SimulationConfig config = ospanov_toy();
  EXPECT_THROW(validate(simulate(config, 1, 0, 10), config.detector.shape()), Error);
}

TEST(Validate, LeavesOutWhatTheEventsDoNotShow) {
  SimulationConfig config;
  config.muon.none = 1;
  for (const Check& check : validate(simulate(config, 1, 0, 2000), config.detector.shape()))
    EXPECT_NE(check.quantity.find("noise"), check.quantity.find("variance")) << check.quantity;
}

TEST(Validate, WritesJsonAndATable) {
  const std::vector<Check> checks = {{"a", "1", 0, 2, 1, 0.5, 1.5}, {"b", "5", 4, 6, 1, 0.5, 1.5}};
  const Json json = checks_to_json(checks);
  EXPECT_EQ(json["agree"], 1);
  EXPECT_EQ(json["of"], 2);
  EXPECT_EQ(json["checks"][0]["agrees"], true);
  EXPECT_NE(checks_to_markdown(checks).find("| b | 5 | 4 to 6 | 1 (0.5 to 1.5) | no |"), std::string::npos);
}

TEST(Statistics, IntervalsHaveTheirTextbookValues) {
  const Check fraction = fraction_check({"f", "", 0, 1}, 0, 100);
  EXPECT_NEAR(fraction.toy_lo, 0, 1e-9);
  EXPECT_NEAR(fraction.toy_hi, 0.0370, 1e-4);  // z^2 / (n + z^2)
  const Check mean = mean_check({"m", "", 0, 1}, {1, 2, 3, 4});
  EXPECT_NEAR(mean.toy, 2.5, 1e-12);
  EXPECT_NEAR(mean.toy_hi - mean.toy, 1.96 * std::sqrt(1.25 / 4), 1e-12);
  std::vector<double> values;
  for (int i = 0; i < 100; ++i) values.push_back(i);
  const Check median = median_check({"m", "", 0, 1}, values);
  EXPECT_EQ(median.toy, 50);
  EXPECT_EQ(median.toy_lo, 40);
  EXPECT_EQ(median.toy_hi, 59);
}

}  // namespace
}  // namespace lutra
