#include "train/task.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "train/samples.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

TaskConfig deciding(double label_width) {
  TaskConfig task;
  task.outputs = "pt";
  task.accept_weight = 1;
  task.accept_at = {10, 15};
  task.accept_width = 2;
  task.label_width = label_width;
  return task;
}

const Target pt{"pt", "GeV", 0, 20, 0};

TEST(Decision, GradientIsTheSlopeOfTheLoss) {
  for (const double label_width : {0.0, 1.0, 2.0}) {
    const Decision decision = make_decision(deciding(label_width), pt);
    for (const float out : {-0.2f, 0.3f, 0.5f, 0.52f, 0.9f})
      for (const float truth : {0.0f, 0.45f, 0.8f}) {
        const float step = 1e-3f;
        const double slope = (decision.loss(out + step, truth) - decision.loss(out - step, truth)) / (2 * step);
        EXPECT_NEAR(decision.gradient(out, truth), slope, 1e-2) << out << " " << truth << " " << label_width;
      }
  }
}

TEST(Decision, WithEqualWidthsTheTruthIsBestAndFree) {
  const Decision decision = make_decision(deciding(2), pt);
  for (const float truth : {0.1f, 0.5f, 0.7f}) {
    EXPECT_NEAR(decision.loss(truth, truth), 0, 1e-6);
    EXPECT_GT(decision.loss(truth + 0.1f, truth), 0);
    EXPECT_GT(decision.loss(truth - 0.1f, truth), 0);
  }
}

TEST(Decision, AcceptingAnEmptyEventCostsTheLogisticLoss) {
  TaskConfig task = deciding(0);
  task.accept_at = {10};
  const Decision decision = make_decision(task, pt);
  EXPECT_NEAR(decision.loss(0.7f, 0), std::log1p(std::exp(4.0 / 2)), 1e-5);  // 4 GeV above, width 2 GeV
  EXPECT_NEAR(decision.loss(0.5f, 1), std::log(2.0), 1e-6);
}

TEST(Task, ThresholdsAndOutputsAreChecked) {
  TaskConfig task = deciding(1);
  task.accept_at = {25};
  EXPECT_THROW(make_decision(task, pt), Error);
  task.accept_at = {};
  EXPECT_THROW(make_decision(task, pt), Error);
  task.outputs = "charge";
  EXPECT_THROW(predicted_targets(task, toy_fragments(1, 1)), Error);
}

TEST(Task, EventWeightsFollowTheConfiguration) {
  const Dataset data = toy_fragments(500, 3);
  TaskConfig task = deciding(1);
  task.accept_at = {10};
  task.empty_weight = 3;
  task.low_weight = 2;
  task.spectrum_power = 1;
  const Samples samples = make_samples(data, TrainConfig(), task);
  EXPECT_EQ(samples.targets, 1u);
  double sum = 0, unit = 0;
  for (std::size_t e = 0; e < data.size(); ++e) {
    const double truth = data.truth[2 * e];
    const double wanted = truth == 0 ? 3 : 10 / truth * (truth < 10 ? 2 : 1);
    if (unit == 0) unit = static_cast<double>(samples.event_weight[e]) / wanted;
    EXPECT_NEAR(samples.event_weight[e] / wanted, unit, 1e-5);
  }
  for (const std::uint32_t e : samples.train) sum += static_cast<double>(samples.event_weight[e]);
  EXPECT_NEAR(sum / static_cast<double>(samples.train.size()), 1, 1e-4);
}

TEST(Task, NoConstantBeatsTheConstantLoss) {
  const Dataset data = toy_fragments(1000, 5);
  TaskConfig task = deciding(1);
  const Samples samples = make_samples(data, TrainConfig(), task);
  const double least = constant_loss(samples);
  for (const float c : {0.1f, 0.35f, 0.5f, 0.8f}) {
    double loss = 0;
    for (const std::uint32_t e : samples.validation) loss += event_loss(samples, e, &c);
    EXPECT_GE(loss / static_cast<double>(samples.validation.size()), least * 0.999);
  }
}

}  // namespace
}  // namespace lutra
