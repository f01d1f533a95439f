#include "report/paired.h"

#include <gtest/gtest.h>

#include <cmath>
#include <list>

namespace lutra {
namespace {

const Pairing distillation = {"distilled, float teacher", "not distilled"};

class Paired : public testing::Test {
 protected:
  void add(const std::string& precision, int seed, bool distilled, double fakes, int train_events = 100) {
    metrics_.push_back({{"fake_rate", fakes}, {"fake_rate_interval", {fakes - 0.03, fakes + 0.03}}});
    StudyNetwork n;
    n.run = "run";
    n.family = "student";
    n.precision = precision;
    n.seed = seed;
    n.train_events = train_events;
    n.distilled = distilled;
    n.teacher = distilled ? "float" : "none";
    n.metrics = &metrics_.back();
    students_.push_back(n);
  }

  /// Distilled and not, that differ by `difference`.
  void add_pair(const std::string& precision, int seed, double difference) {
    add(precision, seed, false, 0.5);
    add(precision, seed, true, 0.5 + difference);
  }

  PairedMean difference() const { return paired_difference(students_, distillation, "fake_rate").value(); }

  std::list<Json> metrics_;
  std::vector<StudyNetwork> students_;
};

TEST_F(Paired, OfOnePrecisionTheErrorIsThatOfTheMean) {
  add_pair("4", 1, 0.1);
  add_pair("4", 2, 0.2);
  add_pair("4", 3, 0.6);
  EXPECT_EQ(difference().pairs, 3);
  EXPECT_NEAR(difference().mean, 0.3, 1e-12);
  EXPECT_NEAR(difference().error, std::sqrt((0.04 + 0.01 + 0.09) / 2 / 3), 1e-12);
}

TEST_F(Paired, PrecisionsThatFollowTheirSeedAddNoCertainty) {
  for (const char* precision : {"2", "4", "8", "float"}) {
    add_pair(precision, 1, 0.1);
    add_pair(precision, 2, 0.2);
    add_pair(precision, 3, 0.6);
  }
  EXPECT_EQ(difference().pairs, 12);
  EXPECT_NEAR(difference().error, std::sqrt((0.04 + 0.01 + 0.09) / 2 / 3), 1e-12);
}

TEST_F(Paired, OneSeedIsJudgedByItsPrecisions) {
  add_pair("2", 1, 0.1);
  add_pair("4", 1, 0.3);
  EXPECT_NEAR(difference().error, 0.1, 1e-12);
}

TEST_F(Paired, OnePairHasTheErrorOfTheEvents) {
  add_pair("4", 1, 0.2);
  EXPECT_NEAR(difference().error, 0.03 * std::sqrt(2.0), 1e-12);
}

TEST_F(Paired, PairsAreLikeInSeedPrecisionAndEvents) {
  add("4", 1, true, 0.5);
  add("4", 2, false, 0.5);
  add("8", 1, false, 0.5);
  add("4", 1, false, 0.5, 200);
  EXPECT_FALSE(paired_difference(students_, distillation, "fake_rate").has_value());
}

TEST_F(Paired, RatiosHaveAGeometricMeanAndLeaveOutZeros) {
  add("4", 1, false, 0.2);
  add("4", 1, true, 0.1);
  add("4", 2, false, 0.2);
  add("4", 2, true, 0.8);
  add("4", 3, false, 0.2);
  add("4", 3, true, 0);
  const PairedMean ratio = paired_log_ratio(students_, distillation, "fake_rate").value();
  EXPECT_EQ(ratio.pairs, 2);
  EXPECT_NEAR(std::exp(ratio.mean), std::sqrt(0.5 * 4), 1e-12);
}

}  // namespace
}  // namespace lutra
