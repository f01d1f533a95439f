#include "physics/answers.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace lutra {
namespace {

Dataset three_classes() {
  Dataset data;
  data.targets = {{"a", "", 0, 1, 0}, {"b", "", 0, 1, 0}, {"c", "", 0, 1, 0}};
  data.split.assign(4, Split::test);
  data.truth = {1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0};
  return data;
}

TEST(ClassMetrics, CountsEveryPairOnce) {
  const std::vector<std::size_t> predicted = {0, 1, 2, 0};
  const ClassMetrics metrics = evaluate_classes(three_classes(), predicted);
  EXPECT_EQ(metrics.confusion, (std::vector<std::vector<std::int64_t>>{{2, 0, 0}, {0, 1, 1}, {0, 0, 0}}));
  EXPECT_EQ(metrics.accuracy.value, 0.75);
  EXPECT_LT(metrics.accuracy.lo, 0.75);
  EXPECT_EQ(metrics.efficiency[1].value, 0.5);
  EXPECT_TRUE(std::isnan(metrics.efficiency[2].value)) << "no event of this class";
  const Json json = class_metrics_to_json(metrics);
  EXPECT_EQ(json["accuracy"], 0.75);
  EXPECT_TRUE(json["efficiency"][2]["value"].is_null());
}

TEST(ClassMetrics, RefusesWhatAreNoClasses) {
  const std::vector<std::size_t> predicted = {0, 1, 2, 0}, unknown = {0, 1, 3, 0}, few = {0};
  Dataset data = three_classes();
  EXPECT_THROW(evaluate_classes(data, unknown), Error);
  EXPECT_THROW(evaluate_classes(data, few), Error);
  data.truth[1] = 0.5f;
  EXPECT_THROW(evaluate_classes(data, predicted), Error);
  data.truth[1] = 1;
  EXPECT_THROW(evaluate_classes(data, predicted), Error);
}

TEST(ChargeAccuracy, CountsMuonsOnly) {
  Dataset data = three_classes();
  const std::vector<double> charge = {0.8, -0.2, 0.1, -1};
  EXPECT_TRUE(std::isnan(charge_accuracy(data, charge).value));
  data.columns = {{"charge", {1, 1, 0, -1}}};
  EXPECT_NEAR(charge_accuracy(data, charge).value, 2.0 / 3, 1e-12);
}

}  // namespace
}  // namespace lutra
