#include "study/pipeline.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

class Pipeline : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder); }
  void TearDown() override { fs::remove_all(folder); }

  /// a -> b -> c, each appending its letter to `ran` and writing a file; b and c copy what they read.
  std::vector<Stage> stages(int a_setting, int b_setting) {
    const auto make = [this](const char* name, std::vector<std::string> after, int setting) {
      const std::string read = after.empty() ? "" : after[0];
      return Stage{name, after, {name}, Json{{"setting", setting}}, [this, name, read, setting] {
                     ran += name;
                     if (fail_at == name) throw Error("killed", "", "");
                     const std::string before = read.empty() ? "" : read_text(folder / read);
                     write_text_atomically(folder / name, before + name + std::to_string(setting));
                   }};
    };
    return {make("a", {}, a_setting), make("b", {"a"}, b_setting), make("c", {"b"}, 0)};
  }

  std::string run(int a_setting = 1, int b_setting = 1) {
    ran.clear();
    run_pipeline(folder, stages(a_setting, b_setting), Context{.quiet = true});
    return ran;
  }

  const fs::path folder = fs::path(testing::TempDir()) / "lutra_pipeline_test";
  std::string ran;
  std::string fail_at;
};

TEST_F(Pipeline, SkipsWhatIsUpToDate) {
  EXPECT_EQ(run(), "abc");
  EXPECT_EQ(run(), "");
}

TEST_F(Pipeline, AChangedSettingRerunsItAndWhatFollows) {
  run();
  EXPECT_EQ(run(1, 2), "bc");
  EXPECT_EQ(read_text(folder / "c"), "a1b2c0");
  EXPECT_EQ(run(2, 2), "abc");
}

TEST_F(Pipeline, ANewVersionOfAStageRemakesItAndOnlyWhatReadsSomethingElseNow) {
  run();
  std::vector<Stage> changed = stages(1, 1);
  changed[0].version = 2;  // makes the same bytes: nothing else has to run
  ran.clear();
  run_pipeline(folder, changed, Context{.quiet = true});
  EXPECT_EQ(ran, "a");
}

TEST_F(Pipeline, AStageThatIsAddedRemakesNoOther) {
  run();
  std::vector<Stage> more = stages(1, 1);
  more.push_back({"d/one", {"b"}, {"d"}, {}, [this] {
                    ran += "d";
                    write_text_atomically(folder / "d", "d");
                  }});
  ran.clear();
  run_pipeline(folder, more, Context{.quiet = true});
  EXPECT_EQ(ran, "d");
}

TEST_F(Pipeline, ADamagedOrMissingOutputIsMadeAgain) {
  run();
  write_text_atomically(folder / "b", "damaged");
  EXPECT_EQ(run(), "b");
  fs::remove(folder / "c");
  EXPECT_EQ(run(), "c");
}

TEST_F(Pipeline, AKilledStageRunsAgainAndEndsInTheSameResult) {
  run();
  const std::string whole = read_text(folder / "c");
  fs::remove_all(folder);
  fail_at = "b";
  EXPECT_THROW(run(), Error);
  fail_at = "";
  EXPECT_EQ(run(), "bc");
  EXPECT_EQ(read_text(folder / "c"), whole);
}

TEST_F(Pipeline, ACutOffRecordOnlyCostsItsStage) {
  run();
  write_text_atomically(folder / ".stages" / "b.json", "{\"lutra\"");
  EXPECT_EQ(run(), "b");
}

}  // namespace
}  // namespace lutra
