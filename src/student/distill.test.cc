#include "student/distill.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "model/evaluate.h"
#include "student/student_objective.h"
#include "teacher/read_guide.h"
#include "teacher/teacher_guide.h"
#include "train/samples.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

class DistillFiles : public testing::Test {
 protected:
  DistillFiles() : folder_(fs::path(testing::TempDir()) / "lutra_distill") { fs::remove_all(folder_); }
  ~DistillFiles() override { fs::remove_all(folder_); }

  /// One quickly trained teacher for all tests.
  static void SetUpTestSuite() {
    TeacherConfig config;
    config.train.epochs = 2;
    config.train.batch_events = 64;
    const fs::path folder = fs::path(testing::TempDir()) / "lutra_distill_teacher";
    teacher_.emplace(train_teacher(config, data_, folder, 2, no_progress).teacher);
    fs::remove_all(folder);
  }

  static StudentConfig quick() {
    StudentConfig config;
    config.train.epochs = 12;
    config.train.batch_events = 128;
    config.train.checkpoint_steps = 10;
    config.float_epochs = 4;
    return config;
  }

  fs::path folder_;
  static inline const Dataset data_ = toy_fragments(3000, 1);
  static inline std::optional<TeacherGuide> teacher_;
};

TEST_F(DistillFiles, StudentBeatsAConstantAndItsNetworkGivesTheValidationLoss) {
  const DistilledStudent student = distill_student(quick(), data_, &*teacher_, folder_ / "s", 2, no_progress);
  const Samples samples = make_samples(data_, TrainConfig());
  EXPECT_LT(student.validation_loss, 0.6 * constant_loss(samples));

  // The integers alone give the loss that training measured.
  const Network network = read_network(folder_ / "s" / "network.json").network;
  const Evaluator evaluator(network);
  double sum = 0;
  for (const std::uint32_t e : samples.validation) {
    const auto out = evaluator.evaluate(data_.input(e));
    for (std::size_t t = 0; t < 2; ++t) {
      const double error = to_real(out[t], evaluator.output_formats()[t].frac) - samples.truth_of(e)[t];
      sum += samples.weight_of(e)[t] * error * error / 2;
    }
  }
  EXPECT_NEAR(student.validation_loss, sum / static_cast<double>(samples.validation.size()), 1e-7);
}

TEST_F(DistillFiles, EveryTermReachesTheStudent) {
  const History history = distill_student(quick(), data_, &*teacher_, folder_ / "s", 2, no_progress).history;
  EXPECT_EQ(history.terms, (std::vector<std::string>{"truth", "teacher", "hint:conv4:conv5"}));
  for (const EpochRecord& epoch : history.epochs)
    for (const double norm : epoch.gradient_norms) EXPECT_GT(norm, 0);
  // The hint is learned: the student's map comes to tell the teacher's.
  EXPECT_LT(history.epochs.back().terms[2], 0.9 * history.epochs.front().terms[2]);
}

// Early, in the middle and behind the maps: each hint reaches the student with a weight of its own.
TEST_F(DistillFiles, HintsAtThreePlacesReachTheStudent) {
  StudentConfig config = quick();
  config.train.epochs = 2;
  config.distill.hint = {{.student_layer = 1, .teacher_layer = "conv2", .weight = 0.01},
                         {.student_layer = 3, .teacher_layer = "conv5", .weight = 0.02},
                         {.student_layer = 5, .teacher_layer = "dense2", .weight = 0.03}};
  const History history = distill_student(config, data_, &*teacher_, folder_ / "s", 2, no_progress).history;
  EXPECT_EQ(history.terms, (std::vector<std::string>{"truth", "teacher", "hint:conv2:conv2", "hint:conv4:conv5",
                                                     "hint:dense6:dense2"}));
  for (const EpochRecord& epoch : history.epochs)
    for (const double norm : epoch.gradient_norms) EXPECT_GT(norm, 0);
}

TEST_F(DistillFiles, SameBytesForAnyNumberOfThreadsAndAfterAKill) {
  distill_student(quick(), data_, &*teacher_, folder_ / "one", 1, no_progress);
  for (const int limit : {40, 80, 90}) {
    const Progress stop = [&, left = limit](std::string_view, std::uint64_t, std::uint64_t) mutable {
      if (left-- == 0) throw Interrupted();
    };
    EXPECT_THROW(distill_student(quick(), data_, &*teacher_, folder_ / "two", 2, stop), Interrupted);
  }
  EXPECT_FALSE(fs::exists(folder_ / "two" / "network.json"));
  distill_student(quick(), data_, &*teacher_, folder_ / "two", 2, no_progress);
  for (const char* name : {"network.json", "history.json"})
    EXPECT_EQ(read_text(folder_ / "one" / name), read_text(folder_ / "two" / name)) << name;
}

TEST_F(DistillFiles, AQuantizedTeacherGuidesToTheSameBytesAfterAKill) {
  StudentConfig config = quantized_teacher_config();
  config.train.epochs = config.float_epochs = 2;
  config.train.batch_events = 128;
  const DistilledStudent teacher = distill_student(config, data_, nullptr, folder_ / "teacher", 2, no_progress);
  EXPECT_LT(teacher.validation_loss, 0.7 * constant_loss(make_samples(data_, TrainConfig())));
  const std::unique_ptr<Guide> guide = read_guide(folder_ / "teacher" / "network.json");
  const DistilledStudent whole = distill_student(quick(), data_, guide.get(), folder_ / "one", 1, no_progress);
  EXPECT_EQ(whole.history.terms, (std::vector<std::string>{"truth", "teacher", "hint:conv4:conv5"}));
  for (const EpochRecord& epoch : whole.history.epochs)
    for (const double norm : epoch.gradient_norms) EXPECT_GT(norm, 0);
  const Progress stop = [left = 90](std::string_view, std::uint64_t, std::uint64_t) mutable {
    if (left-- == 0) throw Interrupted();
  };
  EXPECT_THROW(distill_student(quick(), data_, guide.get(), folder_ / "two", 2, stop), Interrupted);
  distill_student(quick(), data_, guide.get(), folder_ / "two", 2, no_progress);
  EXPECT_EQ(read_text(folder_ / "one" / "network.json"), read_text(folder_ / "two" / "network.json"));
}

TEST_F(DistillFiles, WithoutATeacherOnlyTheTruthIsLearned) {
  StudentConfig config = quick();
  EXPECT_THROW(distill_student(config, data_, nullptr, folder_ / "s", 2, no_progress), Error);
  config.distill.enabled = false;
  config.float_epochs = 0;
  const DistilledStudent student = distill_student(config, data_, nullptr, folder_ / "s", 2, no_progress);
  EXPECT_EQ(student.history.terms, (std::vector<std::string>{"truth"}));
  EXPECT_EQ(student.history.epochs.front().stage, "quantized");
}

TEST_F(DistillFiles, AFloatStudentLosesNothingBySixteenBits) {
  StudentConfig config = quick();
  config.precision = "float";
  const DistilledStudent student = distill_student(config, data_, &*teacher_, folder_ / "s", 2, no_progress);
  const Evaluator evaluator(student.network);
  const Samples samples = make_samples(data_, config.train);
  double sum = 0;
  for (const std::uint32_t e : samples.validation) {
    const auto out = evaluator.evaluate(data_.input(e));
    for (std::size_t t = 0; t < 2; ++t) {
      const double error = to_real(out[t], evaluator.output_formats()[t].frac) - samples.truth_of(e)[t];
      sum += samples.weight_of(e)[t] * error * error / 2;
    }
  }
  EXPECT_NEAR(sum / static_cast<double>(samples.validation.size()), student.validation_loss,
              0.02 * student.validation_loss);
}

TEST_F(DistillFiles, StudentsThatShareGuidanceLearnTheSame) {
  StudentConfig other = quick();
  other.bits = 3;
  const auto make = [&](const StudentConfig& config, const char* to, GuidanceStore* store) {
    distill_student(config, data_, &*teacher_, folder_ / to, 2, no_progress, store);
    return read_text(folder_ / to / "history.json") + read_text(folder_ / to / "network.json");
  };
  GuidanceStore store;
  make(quick(), "first", &store);
  EXPECT_EQ(make(other, "shared", &store), make(other, "alone", nullptr));
  EXPECT_EQ(store.size(), 1u);
  other.train.train_events = 500;  // other events: other guidance
  EXPECT_EQ(make(other, "few-shared", &store), make(other, "few-alone", nullptr));
  EXPECT_EQ(store.size(), 2u);
}

TEST_F(DistillFiles, ATernaryStudentLearns) {
  StudentConfig config = quick();
  config.precision = "ternary";
  EXPECT_NO_THROW(distill_student(config, data_, &*teacher_, folder_ / "s", 2, no_progress));
}

TEST_F(DistillFiles, AStudentThatCannotLiveIsAnErrorAfterItsRestarts) {
  StudentConfig config = quick();
  config.restarts = 2;
  config.train.epochs = config.float_epochs = 1;
  config.distill.enabled = false;
  // Truth that has nothing to do with the images: no better than a constant.
  Dataset data = data_;
  for (std::size_t i = 0; i < data.truth.size(); ++i)
    data.truth[i] = static_cast<float>(Random(1, RandomStream::verify, i).uniform());
  data.columns.clear();
  try {
    distill_student(config, data, nullptr, folder_ / "s", 2, no_progress);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("died 3 times"), std::string::npos) << e.what();
  }
}

TEST_F(DistillFiles, HintsMustNameALayer) {
  StudentConfig config = quick();
  config.distill.hint = {{.student_layer = 6, .teacher_layer = "conv5", .weight = 1}};
  EXPECT_THROW(distill_student(config, data_, &*teacher_, folder_ / "s", 2, no_progress), Error);
}

TEST_F(DistillFiles, TheNarrowStudentLivesFromEverySeed) {
  for (int seed = 1; seed <= 6; ++seed) {
    StudentConfig config = quick();
    config.train.seed = seed;
    config.bits = 2 + seed % 3;
    EXPECT_NO_THROW(distill_student(config, data_, &*teacher_, folder_ / std::to_string(seed), 2, no_progress)) << seed;
  }
}

TEST(DeadLayer, IsNamed) {
  const Dataset data = toy_fragments(100, 1);
  const StudentConfig config;
  const StudentLayout layout = lay_out(config, data);
  std::vector<float> parameters(layout.parameters, 0.03f);
  const std::vector<std::uint32_t> events = {0, 1, 2, 3, 4, 5, 6, 7};
  EXPECT_EQ(find_dead_layer(layout, float_student(layout, parameters, 0), data, events), "");
  for (std::size_t i = layout.layers[1].weight; i < layout.layers[1].bias; ++i) parameters[i] = -1;
  const std::string death = find_dead_layer(layout, float_student(layout, parameters, 0), data, events);
  EXPECT_NE(death.find("conv2"), std::string::npos) << death;
}

}  // namespace
}  // namespace lutra
