#include "teacher/teacher.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "teacher/teacher_guide.h"
#include "train/samples.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

class TeacherTraining : public testing::Test {
 protected:
  TeacherTraining() : folder_(fs::path(testing::TempDir()) / "lutra_teacher") { fs::remove_all(folder_); }
  ~TeacherTraining() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TeacherConfig quick() {
  TeacherConfig config;
  config.train.epochs = 2;
  config.train.batch_events = 64;
  config.train.checkpoint_steps = 5;
  return config;
}

TEST(TeacherShape, TheDomainsTeacherHas10655Parameters) {
  EXPECT_EQ(teacher_parameters({9, 16, 2}), 10655u);
  EXPECT_EQ(teacher_layers({9, 16, 2})[5].inputs, 272);
}

TEST_F(TeacherTraining, LearnsToyTracksAndReadsBackExactly) {
  const Dataset data = toy_fragments(3000, 1);
  const TrainedTeacher trained = train_teacher(quick(), data, folder_, 2, no_progress);
  EXPECT_LT(trained.validation_loss, 0.7 * constant_loss(make_samples(data, TrainConfig())));
  const Teacher read = read_teacher(folder_ / "teacher.json").teacher;
  EXPECT_EQ(read.parameters, trained.teacher.parameters);
  EXPECT_EQ(read.targets, data.targets);
  EXPECT_EQ(predict(TeacherGuide(read), data, 1), predict(TeacherGuide(trained.teacher), data, 2));
  EXPECT_EQ(read_history(folder_ / "history.json"), trained.history);
}

TEST_F(TeacherTraining, SameBytesForAnyNumberOfThreadsAndAfterAKill) {
  const Dataset data = toy_fragments(1000, 2);
  const TrainedTeacher one = train_teacher(quick(), data, folder_ / "one", 1, no_progress);
  int left = 13;
  const Progress stop = [&](std::string_view, std::uint64_t, std::uint64_t) {
    if (left-- == 0) throw Interrupted();
  };
  EXPECT_THROW(train_teacher(quick(), data, folder_ / "two", 2, stop), Interrupted);
  EXPECT_FALSE(fs::exists(folder_ / "two" / "teacher.json"));
  train_teacher(quick(), data, folder_ / "two", 2, no_progress);
  for (const char* name : {"teacher.json", "history.json", "checkpoint.json"})
    EXPECT_EQ(read_text(folder_ / "one" / name), read_text(folder_ / "two" / name)) << name;
}

TEST_F(TeacherTraining, PredictsInPhysicalUnitsRelativeToTheWindow) {
  Dataset data = toy_fragments(10, 3);
  Teacher teacher{9, 16, data.input_format, data.targets, std::vector<float>(10655)};
  teacher.parameters[10653] = 0.25f;  // biases of the output
  teacher.parameters[10654] = 0.5f;
  const auto predictions = predict(TeacherGuide(teacher), data, 1);
  for (std::size_t e = 0; e < data.size(); ++e) {
    EXPECT_NEAR(predictions[2 * e], 5, 1e-6);
    EXPECT_NEAR(predictions[2 * e + 1], 0.065 + 0.00255 * (data.window_start[e] + 16), 1e-9);
  }
}

TEST_F(TeacherTraining, RefusesWhatDoesNotFit) {
  const Dataset data = toy_fragments(10, 3);
  const Teacher teacher{9, 16, data.input_format, data.targets, std::vector<float>(10655)};
  Dataset other = data;
  other.cols = 8;
  EXPECT_THROW(predict(TeacherGuide(teacher), other, 1), Error);
  other = data;
  other.input_format.frac = 0;
  EXPECT_THROW(predict(TeacherGuide(teacher), other, 1), Error);
  other = data;
  other.targets.pop_back();
  EXPECT_THROW(predict(TeacherGuide(teacher), other, 1), Error);

  Teacher short_teacher = teacher;
  short_teacher.parameters.pop_back();
  write_teacher(folder_ / "short.json", short_teacher, Json::object());
  EXPECT_THROW(read_teacher(folder_ / "short.json"), Error);
  EXPECT_THROW(read_teacher(folder_ / "missing.json"), Error);
}

TEST(Samples, ScalesClipsAndMutesThePositionOfMuonlessEvents) {
  Dataset data = toy_fragments(50, 4);
  data.truth[0] = 40;
  TrainConfig config;
  config.validation_events = 3;
  config.position_weight = 0.5;
  const Samples samples = make_samples(data, config);
  EXPECT_EQ(samples.validation.size(), 3u);
  EXPECT_EQ(samples.truth[0], 1.5);
  const Column& muons = *find_column(data, "muons");
  for (std::uint32_t e = 1; e < data.size(); ++e) {
    EXPECT_NEAR(samples.truth_of(e)[0], data.truth[2 * e] / 20, 1e-6);
    EXPECT_EQ(samples.weight_of(e)[0], 1);
    EXPECT_EQ(samples.weight_of(e)[1], muons.values[e] / 2);
  }
}

TEST(Samples, LeavesOutMuonsThatTheFragmentDoesNotHold) {
  Dataset data = toy_fragments(10, 4);  // events 3 and 8 are for validation, 4 and 9 for testing
  data.columns = {{"muons", std::vector<float>(10, 1)}, {"containment", {1, 0, 0.2f, 1, 1, 0.5f, 1, 1, 1, 1}}};
  data.columns[0].values[1] = 0;
  const Samples samples = make_samples(data, TrainConfig());
  EXPECT_EQ(samples.train, (std::vector<std::uint32_t>{0, 1, 5, 6, 7}));
}

TEST(Samples, RefusesDataThatCannotBeLearnedFrom) {
  Dataset data = toy_fragments(10, 4);
  for (Split& split : data.split) split = Split::test;
  EXPECT_THROW(make_samples(data, TrainConfig()), Error);
  data = toy_fragments(10, 4);
  data.truth[3] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(make_samples(data, TrainConfig()), Error);
  data = toy_fragments(10, 4);
  data.targets.clear();
  EXPECT_THROW(make_samples(data, TrainConfig()), Error);
  data = toy_fragments(10, 4);
  data.truth.pop_back();
  EXPECT_THROW(make_samples(data, TrainConfig()), Error);
}

}  // namespace
}  // namespace lutra
