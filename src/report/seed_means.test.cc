#include "report/seed_means.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lutra {
namespace {

StudyNetwork network(const std::string& name, const Json* metrics, const Json* hardware = nullptr) {
  StudyNetwork n;
  n.name = name;
  n.family = "student";
  n.metrics = metrics;
  n.hardware = hardware;
  return n;
}

TEST(SeedMeans, IntervalsHoldStatisticsAndSpread) {
  const Json a = {{"x", 0.2}, {"x_interval", {0.17, 0.23}}};
  const Json b = {{"x", 0.28}, {"x_interval", {0.25, 0.31}}};
  const Json mean = mean_of({&a, &b});
  const double spread = 0.04 * std::sqrt(2);
  EXPECT_NEAR(mean["x"].get<double>(), 0.24, 1e-12);
  EXPECT_NEAR(mean["x_interval"][0].get<double>(), 0.24 - std::hypot(0.03, spread), 1e-12);
  EXPECT_NEAR(mean["x_interval"][1].get<double>(), 0.24 + std::hypot(0.03, spread), 1e-12);
}

TEST(SeedMeans, CurvesBinByBinAndNothingMeasuredStaysSo) {
  const Json a = {{"efficiency", {{"values", {0.0, nullptr}}, {"intervals", {{0.0, 0.1}, {nullptr, nullptr}}}}}};
  const Json b = {{"efficiency", {{"values", {0.0, nullptr}}, {"intervals", {{0.0, 0.3}, {nullptr, nullptr}}}}}};
  const Json curve = mean_of({&a, &b})["efficiency"];
  EXPECT_NEAR(curve["intervals"][0][1].get<double>(), 0.2, 1e-12);
  EXPECT_TRUE(curve["values"][1].is_null());
  EXPECT_TRUE(curve["intervals"][1][0].is_null());
}

TEST(SeedMeans, OneEntryPerNameInOrder) {
  const Json one = {{"plateau", 0.9}}, two = {{"plateau", 0.94}};
  const auto averages = average_over_seeds({network("b", &one), network("a", &two), network("b", &two)});
  ASSERT_EQ(averages.size(), 2u);
  EXPECT_EQ(averages[0].network.name, "b");
  EXPECT_EQ(averages[0].seeds, 2);
  EXPECT_NEAR(averages[0].network.metrics->at("plateau").get<double>(), 0.92, 1e-12);
  EXPECT_EQ(averages[1].network.metrics->at("plateau"), 0.94);
  EXPECT_EQ(averages[1].network.hardware, nullptr);
}

TEST(SeedMeans, WhatWasSynthesisedIsWorthMoreThanEstimates) {
  const Json estimate = {{"lut", 10}, {"estimated", true}}, synthesised = {{"lut", 20}},
             other = {{"lut", 14}, {"estimated", true}};
  EXPECT_EQ(average_over_seeds({network("a", nullptr, &estimate), network("a", nullptr, &synthesised)})[0].hardware->at(
                "lut"),
            20);
  EXPECT_EQ(
      average_over_seeds({network("a", nullptr, &estimate), network("a", nullptr, &other)})[0].hardware->at("lut"), 12);
}

}  // namespace
}  // namespace lutra
