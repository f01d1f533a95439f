#include "validate/validate.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "fragment/fragment.h"
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

Observations observe(const SimulationConfig& config, std::size_t events) {
  Observations observed(config.detector.shape());
  observed.add(simulate(config, 1, 0, events));
  return observed;
}

/// Fails when a tuned number of the default detector drifts away from what was measured.
TEST(Validate, TheDefaultDetectorAgreesWithTheMeasuredOne) {
  const auto checks = validate(observe(validation_sample(), 60000));
  EXPECT_GE(checks.size(), 29u);
  for (const Check& check : checks)
    EXPECT_TRUE(check.agrees()) << check.quantity << ": " << check.toy << " not in " << check.lo << " to " << check.hi;
}

TEST(Validate, NoticesAWrongDetector) {
  const auto disagreements = [](const SimulationConfig& config) {
    int count = 0;
    for (const Check& check : validate(observe(config, 20000))) count += !check.agrees();
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
  EXPECT_THROW(validate(Observations(ImageShape{})), Error);
  EXPECT_THROW(Observations(ospanov_toy().detector.shape()), Error);
}

TEST(Validate, LeavesOutWhatTheEventsDoNotShow) {
  SimulationConfig config;
  config.muon.none = 1;
  for (const Check& check : validate(observe(config, 2000)))
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

TEST(Observations, DoNotDependOnBatchesOrThreads) {
  const SimulationConfig config = validation_sample();
  Observations parts(config.detector.shape());
  for (std::uint64_t first = 0; first < 3000; first += 1000) parts.add(simulate(config, 1, first, 1000), 2);
  EXPECT_EQ(checks_to_markdown(validate(parts)), checks_to_markdown(validate(observe(config, 3000))));
}

/// The window search of the fragments gives the same containment.
TEST(Observations, ContainmentIsThatOfTheFragments) {
  const SimulationConfig config = validation_sample();
  const EventBatch events = simulate(config, 1, 0, 3000);
  FragmentConfig fragments;
  fragments.stride = 4;
  const Dataset data = fragment(events, config.detector.shape(), fragments);
  Share expected;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double pt = data.truth[2 * i], eta = data.truth[2 * i + 1];
    if (pt >= 6 && eta >= 0.065 && eta <= 0.065 + 384 * 0.00255)
      expected.add(find_column(data, "containment")->values[i] >= 0.5f);
  }
  const Observations observed = observe(config, 3000);
  ASSERT_EQ(observed.windows[2], 32);
  ASSERT_EQ(observed.strides[2], 4);
  const Share& contained = observed.contained[2 * observed.strides.size() + 2];
  EXPECT_EQ(contained.passed, expected.passed);
  EXPECT_EQ(contained.all, expected.all);
}

TEST(Statistics, IntervalsHaveTheirTextbookValues) {
  const Check fraction = fraction_check({"f", "", 0, 1}, {0, 100});
  EXPECT_NEAR(fraction.toy_lo, 0, 1e-9);
  EXPECT_NEAR(fraction.toy_hi, 0.0370, 1e-4);  // z^2 / (n + z^2)
  const Check mean = mean_check({"m", "", 0, 1}, {0, 1, 1, 1, 1}, [](double n) { return n; });
  EXPECT_NEAR(mean.toy, 2.5, 1e-12);
  EXPECT_NEAR(mean.toy_hi - mean.toy, 1.96 * std::sqrt(1.25 / 4), 1e-12);
  Distribution values(0, 100, 1);
  for (int i = 0; i < 100; ++i) values.add(i);
  const Check median = median_check({"m", "", 0, 1}, values);
  EXPECT_EQ(median.toy, 50);
  EXPECT_EQ(median.toy_lo, 40);
  EXPECT_EQ(median.toy_hi, 59);
}

TEST(Statistics, TheLastClassIsOpen) {
  const std::array classes = {1, 2, 4};
  const auto shares = in_classes({0, 5, 3, 0, 1, 1}, classes);
  EXPECT_EQ(shares[0].passed, 5u);
  EXPECT_EQ(shares[1].passed, 3u);
  EXPECT_EQ(shares[2].passed, 2u);
  EXPECT_EQ(shares[2].all, 10u);
  EXPECT_EQ(in_classes({0, 5}, classes)[2].passed, 0u);
}

}  // namespace
}  // namespace lutra
