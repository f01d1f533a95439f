#include "chain/trigger_rule.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace lutra {
namespace {

std::vector<Target> targets(int window, double pitch) {
  return {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0.065, 0.065 + window * pitch, pitch}};
}

/// Every integer of both outputs: the words mean what the software computes from reals.
void expect_software_agrees(int window, Format pt, Format eta, double threshold) {
  const double pitch = 0.00255;
  const std::vector<Target> t = targets(window, pitch);
  const TriggerRule rule = make_trigger_rule(t, {pt, eta}, {0, 384 - window}, threshold);
  for (std::int64_t y = pt.min(); y <= pt.max(); ++y) {
    const double physical = t[0].to_physical(std::ldexp(static_cast<double>(y), -pt.frac), 0);
    EXPECT_EQ(apply(rule, std::vector<std::int64_t>{y, 0}, 0)[2], physical > threshold) << y;
  }
  for (std::int64_t y = eta.min(); y <= eta.max(); ++y)
    for (const int start : {0, 1, 77, 384 - window}) {
      const std::int64_t word = apply(rule, std::vector<std::int64_t>{0, y}, start)[1];
      EXPECT_TRUE(interval_of(rule.position).contains(word));
      EXPECT_NEAR(0.065 + pitch * std::ldexp(static_cast<double>(word), -rule.position.frac),
                  t[1].to_physical(std::ldexp(static_cast<double>(y), -eta.frac), start), 1e-12);
    }
}

TEST(TriggerRule, WordsMeanWhatTheSoftwareComputes) {
  expect_software_agrees(32, {9, 8, false}, {10, 8, true}, 10);
  expect_software_agrees(30, {6, 4, true}, {5, 4, false}, 7.3);
  expect_software_agrees(32, {4, 2, false}, {4, 2, false}, 1000);
  expect_software_agrees(1, {4, -1, false}, {3, -2, true}, 0);
  expect_software_agrees(8, {4, 4, false}, {3, 0, false}, -5);
}

TEST(TriggerRule, ThePowersOfTwoOfTheWindowNeedNoAdder) {
  const TriggerRule rule = make_trigger_rule(targets(32, 0.01), {{9, 8, false}, {9, 8, false}}, {0, 352}, 10);
  EXPECT_EQ(rule.eta_factor, 1);
  EXPECT_EQ(rule.start_shift, 3);
  EXPECT_EQ(rule.position, (Format{12, 3, false}));
}

TEST(TriggerRule, WithoutEtaThePositionIsTheStart) {
  const TriggerRule rule = make_trigger_rule({{"pt", "GeV", 0, 20, 0}}, {{8, 8, false}}, {0, 352}, 10);
  EXPECT_EQ(rule.position, (Format{9, 0, false}));
  EXPECT_EQ(apply(rule, std::vector<std::int64_t>{128}, 77), (std::vector<std::int64_t>{128, 77, 0}));
  EXPECT_EQ(apply(rule, std::vector<std::int64_t>{129}, 77), (std::vector<std::int64_t>{129, 77, 1}));
}

TEST(TriggerRule, RefusesOtherTargets) {
  const std::vector<Format> two{{9, 8, false}, {9, 8, false}};
  EXPECT_THROW(make_trigger_rule({}, two, {0, 1}, 10), Error);
  EXPECT_THROW(make_trigger_rule({{"a", "", 0, 1, 0}, {"b", "", 0, 1, 0}}, two, {0, 1}, 10), Error);
  EXPECT_THROW(make_trigger_rule({{"pt", "", 0, 1, 0}, {"pt", "", 0, 1, 0}}, two, {0, 1}, 10), Error);
  EXPECT_THROW(make_trigger_rule({{"pt", "", 0, 1, 0}, {"b", "", 0, 1, 0.7}}, two, {0, 1}, 10), Error);
  EXPECT_THROW(make_trigger_rule(targets(32, 0.01), {{40, 8, false}, {9, 8, false}}, {0, 1}, 10), Error);
}

}  // namespace
}  // namespace lutra
