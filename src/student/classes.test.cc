#include "train/classes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/error.h"
#include "model/evaluate.h"
#include "student/distill.h"
#include "train/network_guide.h"
#include "train/samples.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

TEST(ClassScores, GradientIsTheSlopeOfTheLoss) {
  const ClassScores classes{5};
  const std::vector<float> reference = {0.2f, 1, 0};
  std::vector<float> out = {0.6f, 0.3f, -0.2f}, gradient(3);
  classes.add_gradient(out, reference, 2, gradient);
  for (std::size_t k = 0; k < 3; ++k) {
    const float here = out[k], step = 1e-3f;
    out[k] = here + step;
    const double above = classes.loss(out, reference);
    out[k] = here - step;
    EXPECT_NEAR(gradient[k], 2 * (above - classes.loss(out, reference)) / (2 * static_cast<double>(step)), 1e-2);
    out[k] = here;
  }
}

TEST(ClassScores, TheReferenceIsBestAndFree) {
  const ClassScores classes;
  const std::vector<float> reference = {1, 0}, undecided = {0.5f, 0.5f}, wrong = {0, 1}, shifted = {1.25f, 0.25f};
  EXPECT_EQ(classes.loss(reference, reference), 0);
  EXPECT_NEAR(classes.loss(shifted, reference), 0, 1e-9) << "only differences of scores count";
  EXPECT_NEAR(classes.loss(undecided, reference), std::log(2.0), 4e-3);
  EXPECT_NEAR(classes.loss(wrong, reference), 8, 1e-2);
}

/// Is there a muon? Two classes from the toy fragments.
Dataset toy_classes(std::size_t events) {
  Dataset data = toy_fragments(events, 1);
  const std::vector<float> muons = find_column(data, "muons")->values;
  data.targets = {{"noise", "", 0, 1, 0}, {"muon", "", 0, 1, 0}};
  data.truth.clear();
  for (const float muon : muons) data.truth.insert(data.truth.end(), {1 - muon, muon});
  data.columns.clear();
  return data;
}

StudentConfig quick() {
  StudentConfig config;
  config.task.value_weight = 0;
  config.task.classify_weight = 1;
  config.distill.enabled = false;
  config.train.epochs = config.float_epochs = 5;
  config.train.batch_events = 128;
  return config;
}

class ClassFiles : public testing::Test {
 protected:
  ClassFiles() : folder_(std::filesystem::path(testing::TempDir()) / "lutra_classes") {
    std::filesystem::remove_all(folder_);
  }
  ~ClassFiles() override { std::filesystem::remove_all(folder_); }

  /// Share of the validation events that the network puts into the right class.
  static double accuracy(const Network& network, const Dataset& data) {
    const Evaluator evaluator(network);
    double right = 0, all = 0;
    for (std::size_t e = 0; e < data.size(); ++e) {
      if (data.split[e] != Split::validation) continue;
      const auto answer = evaluator.evaluate(data.input(e)).at(0);
      right += data.truth[2 * e + static_cast<std::size_t>(answer)] == 1;
      all += 1;
    }
    return right / all;
  }

  std::filesystem::path folder_;
};

TEST_F(ClassFiles, AStudentLearnsClassesAndAnswersWithArgmax) {
  const Dataset data = toy_classes(4000);
  const DistilledStudent student = distill_student(quick(), data, nullptr, folder_ / "s", 2, no_progress);
  EXPECT_EQ(student.history.terms, (std::vector<std::string>{"class"}));
  EXPECT_EQ(student.network.layers.back().op, Op::argmax);
  EXPECT_TRUE(is_classifier(student.network));
  ASSERT_EQ(student.network.targets.size(), 1u);
  EXPECT_EQ(student.network.targets[0].name, "class");
  EXPECT_GT(accuracy(student.network, data), 0.93);  // 80 % are muons

  // A classifier guides by the scores that its argmax chooses from.
  StudentConfig config = quick();
  config.distill.enabled = true;
  config.distill.hint = {{.student_layer = 3, .teacher_layer = "conv4", .weight = 0.01}};
  const NetworkGuide guide(student.network);
  const DistilledStudent guided = distill_student(config, data, &guide, folder_ / "g", 2, no_progress);
  EXPECT_EQ(guided.history.terms, (std::vector<std::string>{"class", "class as teacher", "hint:conv4:conv4"}));
  for (const EpochRecord& epoch : guided.history.epochs)
    for (const double norm : epoch.gradient_norms) EXPECT_GT(norm, 0);
  EXPECT_GT(accuracy(guided.network, data), 0.93);
}

TEST_F(ClassFiles, TruthMustBeOneHot) {
  Dataset data = toy_classes(200);
  const auto train = [&] { distill_student(quick(), data, nullptr, folder_ / "s", 1, no_progress); };
  data.truth[0] = data.truth[1] = 1;
  EXPECT_THROW(train(), Error);
  data.truth[0] = data.truth[1] = 0.5f;
  EXPECT_THROW(train(), Error);
}

TEST(Samples, TheWeightColumnOfTheDataCounts) {
  Dataset data = toy_fragments(10, 4);
  data.columns.push_back({"weight", {1, 2, 3, 1, 1, 0, 1, 1, 1, 1}});
  const Samples samples = make_samples(data, TrainConfig());
  EXPECT_NEAR(samples.weight_of(1)[0] / samples.weight_of(0)[0], 2, 1e-6);
  EXPECT_NEAR(samples.weight_of(2)[0] / samples.weight_of(0)[0], 3, 1e-6);
  EXPECT_EQ(samples.weight_of(5)[0], 0);
  double sum = 0;
  for (const std::uint32_t e : samples.train) sum += samples.event_weight[e];
  EXPECT_NEAR(sum / static_cast<double>(samples.train.size()), 1, 1e-6);
}

TEST(Samples, ChargeMeansNothingWithoutAMuon) {
  Dataset data = toy_fragments(30, 4);
  const std::vector<float> muons = find_column(data, "muons")->values;
  std::vector<float> truth;
  for (std::size_t e = 0; e < data.size(); ++e)
    truth.insert(truth.end(), {data.truth[2 * e], data.truth[2 * e + 1], e % 2 == 0 ? muons[e] : -muons[e]});
  data.truth = truth;
  data.targets.push_back({"charge", "", -1, 1, 0});
  const Samples samples = make_samples(data, TrainConfig());
  for (std::uint32_t e = 0; e < data.size(); ++e) {
    EXPECT_EQ(samples.weight_of(e)[2] > 0, muons[e] > 0);
    EXPECT_EQ(samples.truth_of(e)[2], muons[e] == 0 ? 0.5f : e % 2 == 0 ? 1.0f : 0.0f);
  }
}

}  // namespace
}  // namespace lutra
