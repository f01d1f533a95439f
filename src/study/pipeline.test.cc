#include "study/pipeline.h"

#include <gtest/gtest.h>

#include <map>

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
    const auto make = [this](const char* name, const std::vector<fs::path>& reads, int setting) {
      return Stage{
          name, reads, {name}, Json{{"setting", setting}}, [=, this](const StageInputs& in, const fs::path& out) {
            ran += name;
            if (fail_at == name) throw Error("killed", "", "");
            const std::string before = reads.empty() ? "" : read_text(in(reads[0]));
            write_text_atomically(out / name, before + name + std::to_string(setting));
            made_in[name] = out;
          }};
    };
    return {make("a", {}, a_setting), make("b", {"a"}, b_setting), make("c", {"b"}, 0)};
  }

  std::string run(const std::vector<Stage>& all) {
    ran.clear();
    run_pipeline(Lease(folder, "test"), all, Context{});
    return ran;
  }

  std::string run(int a_setting = 1, int b_setting = 1) { return run(stages(a_setting, b_setting)); }

  const fs::path folder = fs::path(testing::TempDir()) / "lutra_pipeline_test";
  std::string ran;
  std::string fail_at;
  std::map<std::string, fs::path> made_in;
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
  EXPECT_EQ(run(changed), "a");
}

TEST_F(Pipeline, AStageFollowsTheFilesThatItReadsNotTheStageThatLeavesThem) {
  int setting = 1;
  const auto two = [&] {
    return std::vector<Stage>{
        {"reader",
         {"f/read"},
         {"r"},
         {},
         [&](const StageInputs& in, const fs::path& out) {
           ran += "r";
           write_text_atomically(out / "r", read_text(in("f/read")));
         }},
        {"writer", {}, {"f/read", "f/other"}, Json(setting), [&](const StageInputs&, const fs::path& out) {
           ran += "w";
           write_text_atomically(out / "f/read", "the same");
           write_text_atomically(out / "f/other", std::to_string(setting));
         }}};
  };
  EXPECT_EQ(run(two()), "wr");
  setting = 2;
  EXPECT_EQ(run(two()), "w");
}

TEST_F(Pipeline, AStageNamesWhatItReads) {
  const StageInputs in("runs/demo", {"a"});
  EXPECT_EQ(in("a"), "runs/demo/a");
  EXPECT_DEATH(in("b"), "names what it reads: b");
}

TEST_F(Pipeline, AFileThatWasMadeElsewhereIsFollowedByItsContent) {
  const fs::path file = fs::path(testing::TempDir()) / "lutra_given_file";
  const auto all = [&] {
    const Stage given = given_file("given", file);
    return std::vector<Stage>{given, {"a", given.writes, {"a"}, {}, [&](const StageInputs& in, const fs::path& out) {
                                        ran += "a";
                                        write_text_atomically(out / "a", read_text(in(fs::absolute(file))));
                                      }}};
  };
  write_text_atomically(file, "one");
  EXPECT_EQ(run(all()), "a");
  EXPECT_EQ(run(all()), "");
  write_text_atomically(file, "two");
  EXPECT_EQ(run(all()), "a");
  EXPECT_EQ(read_text(folder / "a"), "two");
  fs::remove(file);
  EXPECT_THROW(run(all()), Error);
}

TEST_F(Pipeline, AStageThatIsAddedRemakesNoOther) {
  run();
  std::vector<Stage> more = stages(1, 1);
  more.push_back({"d/one", {"b"}, {"d"}, {}, [this](const StageInputs&, const fs::path& out) {
                    ran += "d";
                    write_text_atomically(out / "d", "d");
                  }});
  EXPECT_EQ(run(more), "d");
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

TEST_F(Pipeline, NothingOfTheWorkStays) {
  run();
  EXPECT_NE(made_in["a"], folder);
  EXPECT_FALSE(fs::exists(made_in["a"]));
  EXPECT_FALSE(fs::exists(folder / ".stages" / "work"));
  EXPECT_FALSE(fs::exists(folder / lease_file));
}

/// A stage that leaves a folder with a file called `name`.
Stage folder_stage(const std::string& name) {
  return {"f", {}, {"f"}, Json{{"name", name}}, [name](const StageInputs&, const fs::path& out) {
            write_text_atomically(out / "f" / name, name);
          }};
}

TEST_F(Pipeline, AFolderIsReplacedAsAWhole) {
  run({folder_stage("old")});
  write_text_atomically(folder / "f" / "notes", "of somebody else");
  run({folder_stage("old")});
  EXPECT_EQ(read_text(folder / "f" / "notes"), "of somebody else") << "it is up to date";
  run({folder_stage("new")});
  EXPECT_EQ(read_text(folder / "f" / "new"), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "f"), fs::directory_iterator()), 1);
}

TEST_F(Pipeline, OnlyAStageThatResumesFindsWhatItLeft) {
  Stage stage{"s", {}, {"s/end"}, {}, [&](const StageInputs&, const fs::path& out) {
                ran += fs::exists(out / "s" / "half") ? "again" : "first";
                write_text_atomically(out / "s" / "half", "half");
                write_text_atomically(out / "s" / (std::string(new_file_prefix) + "x"), "of a killed process");
                if (fail_at == "s") throw Error("killed", "", "");
                write_text_atomically(out / "s" / "end", "end");
              }};
  for (const bool resumes : {false, true}) {
    fs::remove_all(folder);
    stage.resumes = resumes;
    fail_at = "s";
    EXPECT_THROW(run({stage}), Error);
    EXPECT_FALSE(fs::exists(folder / "s")) << "nothing half-made is in its place";
    fail_at = "";
    EXPECT_EQ(run({stage}), resumes ? "again" : "first");
    EXPECT_EQ(read_text(folder / "s" / "end"), "end");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "s"), fs::directory_iterator()), 2);
  }
}

TEST_F(Pipeline, WhatIsNotFinalIsUsedAndTriedAgain) {
  Stage stage = folder_stage("x");
  bool done = false;
  stage.is_final = [&](const fs::path& out) { return fs::exists(out / "f" / "x") && done; };
  run({stage});
  EXPECT_TRUE(fs::exists(folder / "f" / "x"));
  EXPECT_FALSE(fs::exists(folder / ".stages" / "f.json"));
  done = true;
  run({stage});
  EXPECT_TRUE(fs::exists(folder / ".stages" / "f.json"));
}

TEST_F(Pipeline, TheRecordIsOfWhatTheStageWrote) {
  run({folder_stage("x")});
  const Json outputs = read_json(folder / ".stages" / "f.json")["outputs"];
  EXPECT_EQ(outputs, (Json{{"f/x", hash_file(folder / "f" / "x")}}));
}

TEST_F(Pipeline, ALostLeaseEndsTheRunBeforeAnythingIsPutInPlace) {
  Stage stage = folder_stage("x");
  stage.is_final = [&](const fs::path&) {
    write_text_atomically(folder / lease_file, "{\"of\": \"another\"}");
    return true;
  };
  EXPECT_THROW(run({stage}), Error);
  EXPECT_FALSE(fs::exists(folder / "f"));
}

TEST_F(Pipeline, ACutOffRecordOnlyCostsItsStage) {
  run();
  write_text_atomically(folder / ".stages" / "b.json", "{\"lutra\"");
  EXPECT_EQ(run(), "b");
}

}  // namespace
}  // namespace lutra
