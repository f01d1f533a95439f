#include "report/report.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/artifacts.h"
#include "base/error.h"
#include "report/fixture/fixture_run.h"

namespace lutra {
namespace {

class ReportTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("lutra-report-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(folder_);
    write_fixture_run(folder_ / "run");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// Rewrites one artifact of the run with a changed body.
  void change(const char* file, ArtifactKind kind, const std::function<void(Json&)>& edit) {
    Json body = read_json_artifact(folder_ / "run" / file, kind).body;
    edit(body);
    write_json_artifact(folder_ / "run" / file, kind, {}, body);
  }

  std::string report() {
    write_report({folder_ / "run"}, folder_ / "report.html");
    return read_text(folder_ / "report.html");
  }

  std::filesystem::path folder_;
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

TEST_F(ReportTest, HoldsEverySectionOnceAndNothingIsMissing) {
  const std::string html = report();
  for (const char* section : {"summary", "efficiency", "resolution", "displays", "training", "network", "hardware",
                              "compiled", "rate", "constraints", "verification", "provenance"})
    EXPECT_EQ(count(html, std::string("<section id=\"") + section + "\">"), 1u) << section;
  EXPECT_EQ(html.find("not run."), std::string::npos);
  EXPECT_LT(html.size(), 10'000'000u);
}

TEST_F(ReportTest, SameRunGivesTheSameBytes) { EXPECT_EQ(report(), report()); }

TEST_F(ReportTest, TilesJudgeAgainstTheLimits) {
  const std::string good = report();
  EXPECT_EQ(count(good, "class=\"tile good\""), 3u);
  change("metrics.json", artifact_kind("metrics"), [](Json& metrics) {
    metrics["student"]["plateau"] = 0.8;
    metrics["student"]["fake_rate"] = 0.02;  // the limit itself is too much
  });
  change("synth.json", artifact_kind("synth"), [](Json& synth) { synth["latency_ns"] = 401; });
  const std::string bad = report();
  EXPECT_EQ(count(bad, "class=\"tile bad\""), 3u);
}

/// The published sample begins at eta 0.08: its plateau belongs beside ours inside the acceptance.
TEST_F(ReportTest, PublishedPlateauIsComparedInsideTheAcceptance) {
  const std::string html = report();
  EXPECT_EQ(count(html, "eta 0.08"), 3u);  // overview, turn-on curves, table of efficiencies
  EXPECT_EQ(html.find("cut on the acceptance"), std::string::npos);
}

TEST_F(ReportTest, MismatchesAreSaidPlainly) {
  change("verify.json", artifact_kind("verify"), [](Json& verify) { verify["mismatches"] = 3; });
  EXPECT_NE(report().find("it must not be used"), std::string::npos);
}

TEST_F(ReportTest, ProofAndWholeTriggerAreShown) {
  EXPECT_EQ(report().find("<section id=\"chain\">"), std::string::npos);
  change("verify.json", artifact_kind("verify"), [](Json& verify) {
    verify["proof"] = {{"verdict", "proved"}, {"difference", ""}};
  });
  write_json_artifact(folder_ / "run/chain-verify.json", artifact_kind("verify"), {},
                      {{"events", 777}, {"mismatches", 0}});
  write_json_artifact(folder_ / "run/chain-synth.json", artifact_kind("synth"), {},
                      {{"lut", 2000},
                       {"ff", 9},
                       {"latency_cycles", 30},
                       {"parts",
                        {{{"name", "search"}, {"lut", 1500}, {"ff", 5}, {"latency_cycles", 13}},
                         {{"name", "network"}, {"lut", 500}, {"ff", 4}, {"latency_cycles", 17}}}}});
  const std::string html = report();
  for (const char* text : {"proved to compute the network", "777 raw events", "whole trigger", "75.0 %", "25.0 %"})
    EXPECT_NE(html.find(text), std::string::npos) << text;
}

TEST_F(ReportTest, EditedFirmwareIsSaid) {
  EXPECT_EQ(count(report(), "was edited after it was compiled"), 0u);
  const Json edits = {{{"file", "student.sv"}, {"what", "changed"}}, {{"file", "more<b>.sv"}, {"what", "added"}}};
  change("verify.json", artifact_kind("verify"), [&](Json& verify) { verify["edited"] = edits; });
  const std::string verified = report();
  EXPECT_EQ(count(verified, "edited after it was compiled: student.sv changed, more&lt;b&gt;.sv added."), 2u);
  change("synth.json", artifact_kind("synth"), [&](Json& synth) { synth["edited"] = edits; });
  EXPECT_EQ(count(report(), "was edited after it was compiled"), 3u);
}

TEST_F(ReportTest, PartsThatWereNotRunAreNamed) {
  std::filesystem::remove(folder_ / "run/synth.json");
  std::filesystem::remove(folder_ / "run/displays.json");
  const std::string html = report();
  EXPECT_EQ(count(html, "not run.</strong>"), 2u);
  EXPECT_NE(html.find("lutra synth rtl/"), std::string::npos);
}

TEST_F(ReportTest, DamagedOrForeignFilesAreErrors) {
  EXPECT_THROW(write_report({folder_ / "nowhere"}, folder_ / "x.html"), Error);
  std::ofstream(folder_ / "run/verify.json") << "{\"lutra\": {}}";
  EXPECT_THROW(report(), Error);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "report.html"));
}

TEST_F(ReportTest, WrongTypesInsideGoodFilesAreErrorsThatNameTheFile) {
  struct Case {
    const char* file;
    ArtifactKind kind;
    std::function<void(Json&)> edit;
  };
  const std::vector<Case> cases = {
      {"metrics.json", artifact_kind("metrics"), [](Json& m) { m["student"] = 3; }},
      {"metrics.json", artifact_kind("metrics"), [](Json& m) { m["student"]["plateau"] = "high"; }},
      {"metrics.json", artifact_kind("metrics"), [](Json& m) { m["student"]["efficiency"]["values"].erase(0); }},
      {"metrics.json", artifact_kind("metrics"), [](Json& m) { m["student"]["efficiency"].erase("intervals"); }},
      {"metrics.json", artifact_kind("metrics"), [](Json& m) { m["student"]["pt_resolution_by_pt"]["bins"] = 1; }},
      {"verify.json", artifact_kind("verify"), [](Json& v) { v.erase("events"); }},
      {"synth.json", artifact_kind("synth"), [](Json& s) { s["lut"] = "many"; }},
      {"synth.json", artifact_kind("synth"), [](Json& s) { s["lut_by_size"] = 4; }},
      {"student/network.json", artifact_kind("network"), [](Json& n) { n["layers"] = "none"; }},
      {"student/network.json", artifact_kind("network"),
       [](Json& n) {
         n["layers"][0]["window"]["stride"] = {0, 1};
       }},
      {"teacher/history.json", artifact_kind("history"), [](Json& h) { h["epochs"] = 5; }},
      {"teacher/history.json", artifact_kind("history"), [](Json& h) { h["epochs"][0]["train_loss"] = "small"; }},
      {"displays.json", artifact_kind("displays"),
       [](Json& d) {
         d["events"][0]["hits"][0] = {1, 2};
       }},
      {"displays.json", artifact_kind("displays"), [](Json& d) { d["events"][0]["truth"] = 7; }},
      {"displays.json", artifact_kind("displays"), [](Json& d) { d["events"] = 7; }},
      {"rtl/design.json", artifact_kind("design"), [](Json& d) { d["cost"] = 7; }},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    write_fixture_run(folder_ / "run");
    change(cases[i].file, cases[i].kind, cases[i].edit);
    try {
      report();
      ADD_FAILURE() << "case " << i << " was accepted";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find(cases[i].file), std::string::npos) << i << ": " << e.what();
    }
  }
}

TEST_F(ReportTest, StudySectionsAppearWithTheirFilesOnly) {
  const char* sections[] = {"claims", "fragmentation", "float", "precision", "pareto", "quantized-teacher"};
  const std::string plain = report();
  for (const char* id : sections) EXPECT_EQ(count(plain, std::string("<section id=\"") + id + "\">"), 0u) << id;
  write_fixture_run(folder_ / "run", {.study = true});
  const std::string study = report();
  for (const char* id : sections) EXPECT_EQ(count(study, std::string("<section id=\"") + id + "\">"), 1u) << id;
  for (const char* text : {"Coincidence windows", "Lutra 500", "does not fit"})
    EXPECT_GT(count(study, text), 0u) << text;
}

TEST_F(ReportTest, ComparisonListsTheSettingsThatDiffer) {
  write_fixture_run(folder_ / "other");
  const Json body = read_json_artifact(folder_ / "other/verify.json", artifact_kind("verify")).body;
  write_json_artifact(folder_ / "other/verify.json", artifact_kind("verify"), {{"seed", 8}}, body);
  write_report({folder_ / "run", folder_ / "other"}, folder_ / "both.html");
  const std::string html = read_text(folder_ / "both.html");
  EXPECT_NE(html.find("id=\"differences-table\""), std::string::npos);
  EXPECT_NE(html.find("verify.json: seed"), std::string::npos);
  EXPECT_EQ(html.find("metrics.json: seed"), std::string::npos);
}

TEST_F(ReportTest, SeveralRunsAreNamed) {
  write_fixture_run(folder_ / "other");
  write_report({folder_ / "run", folder_ / "other"}, folder_ / "both.html");
  const std::string html = read_text(folder_ / "both.html");
  for (const char* label : {"run: Student", "other: Student", "run: Teacher", "other: Teacher"})
    EXPECT_NE(html.find(label), std::string::npos) << label;
}

}  // namespace
}  // namespace lutra
