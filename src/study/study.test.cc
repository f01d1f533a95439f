#include "study/study.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"

namespace lutra {
namespace {

TEST(QuickStudy, IsATenthWithOneSeed) {
  Study study;
  study.events = 700000;
  study.fragmentation.events = 5;
  study.teacher.train.train_events = 250000;
  study.teacher.train.epochs = 2;
  study.image_teacher.train.train_events = 300000;
  study.student.train.train_events = 0;  // all of them: a tenth by itself
  study.student.train.epochs = 30;
  study.grid = {GridConfig{.seeds = {7, 8, 9}, .train_events = {20000, 0}, .epochs = 8, .synthesise = {3}}};
  const Study quick = quick_study(study);
  EXPECT_EQ(quick.events, 70000);
  EXPECT_EQ(quick.fragmentation.events, 1);
  EXPECT_EQ(quick.teacher.train.train_events, 25000);
  EXPECT_EQ(quick.teacher.train.epochs, 8);
  EXPECT_EQ(quick.student.train.epochs, 30);
  EXPECT_EQ(quick.image_teacher.train.train_events, 30000);
  EXPECT_EQ(quick.image_teacher.train.epochs, 4 * image_teacher_config().train.epochs);
  EXPECT_EQ(quick.grid[0].seeds, (std::vector<std::int64_t>{7}));
  EXPECT_EQ(quick.grid[0].train_events, (std::vector<std::int64_t>{2000, 0}));
  EXPECT_EQ(quick.grid[0].epochs, 16);
  EXPECT_TRUE(quick.grid[0].synthesise.empty());
  EXPECT_EQ(quick.grid[0].bits, study.grid[0].bits);
}

TEST(ReadStudy, NamesOfNetworksFollowTheirRule) {
  const TemporaryFolder folder;
  for (const char* section : {"student", "quantized_teacher", "learned", "roads"}) {
    write_text_atomically(folder / "study.toml", std::string("[") + section + "]\nname = \"a\\n$(id)\"\n");
    try {
      read_study(folder / "study.toml");
      ADD_FAILURE() << section;
    } catch (const Error& e) {
      const std::string expected = std::string("\"") + section + ".name\" cannot be called \"a?$(id)\"";
      EXPECT_NE(std::string(e.what()).find(expected), std::string::npos) << e.what();
    }
  }
}

TEST(Settings, NameOnlyWhatIsNotTheDefault) {
  EXPECT_EQ(settings(StudentConfig{}), Json::object());
  StudentConfig config;
  config.bits = 5;
  config.train.epochs = 3;
  EXPECT_EQ(settings(config), (Json{{"bits", 5}, {"train", {{"epochs", 3}}}}));
}

TEST(Settings, ANewMemberLeftAloneChangesNothing) {
  const Json old_usual = {{"a", 1}, {"b", {{"c", 2}}}}, old_config = {{"a", 1}, {"b", {{"c", 3}}}};
  const Json new_usual = {{"a", 1}, {"b", {{"c", 2}, {"d", 4}}}}, new_config = {{"a", 1}, {"b", {{"c", 3}, {"d", 4}}}};
  EXPECT_EQ(difference(old_config, old_usual), difference(new_config, new_usual));
  EXPECT_EQ(difference({{"a", {1, 2}}}, {{"a", {1}}}), (Json{{"a", {1, 2}}}));
}

}  // namespace
}  // namespace lutra
