#include "report/study.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "report/claims.h"
#include "report/measured.h"
#include "report/resources.h"

namespace lutra {
namespace {

using Runs = std::vector<lutra::Run>;  // inside a TEST, Run is a member of testing::Test

Json student(int bits, bool distilled, const char* teacher, double resolution, double fakes = 0.001) {
  return {{"name", "s"},
          {"family", "student"},
          {"input", "9x16"},
          {"bits", bits},
          {"distilled", distilled},
          {"teacher", teacher},
          {"metrics",
           {{"pt_resolution", resolution},
            {"pt_resolution_interval", {resolution - 0.01, resolution + 0.01}},
            {"fake_rate", fakes}}}};
}

Run run_with(const char* file, const Json& body) {
  Run run;
  run.name = "r";
  run.files[file] = {1, "test", {}, body};
  return run;
}

Runs study(const std::vector<Json>& networks) { return {run_with("networks.json", {{"networks", networks}})}; }

TEST(StudyNetworks, ReadsEntriesAndRefusesOthers) {
  const Runs runs = study({student(4, true, "float", 0.2)});
  const std::vector<StudyNetwork> networks = study_networks(runs);
  ASSERT_EQ(networks.size(), 1u);
  EXPECT_EQ(networks[0].bits, 4);
  EXPECT_EQ(recipe(networks[0]), "distilled, float teacher");
  for (const char* key : {"name", "family", "input", "distilled", "teacher"}) {
    Json broken = student(4, true, "float", 0.2);
    broken[key] = 7;
    EXPECT_THROW(study_networks(study({broken})), Error) << key;
  }
  Json unknown = student(4, true, "float", 0.2);
  unknown["family"] = "cousin";
  EXPECT_THROW(study_networks(study({unknown})), Error);
}

TEST(StudyNetworks, AbsentOrNullBitsAreFloatingPoint) {
  Json network = student(4, true, "float", 0.2);
  network["bits"] = nullptr;
  EXPECT_EQ(study_networks(study({network}))[0].bits, std::nullopt);
}

TEST(StudyNetworks, OnlyStudentsOfTheUsualNumberOfEventsAreCompared) {
  Json few = student(4, true, "float", 0.2), teacher = student(4, false, "none", 0.1);
  few["train_events"] = 100;
  teacher["family"] = "teacher";
  const auto networks =
      study_networks(study({few, student(4, true, "float", 0.2), teacher, student(2, true, "float", 0.2)}));
  EXPECT_EQ(comparable_students(networks).size(), 2u);
  EXPECT_TRUE(comparable_students({}).empty());
}

TEST(MeanOverSeeds, SpreadOrInterval) {
  const Runs one = study({student(4, true, "float", 0.2)});
  EXPECT_NEAR(mean_over_seeds(study_networks(one), "distilled, float teacher", "4", "pt_resolution")->error, 0.01,
              1e-12);
  const Runs three =
      study({student(4, true, "float", 0.1), student(4, true, "float", 0.2), student(4, true, "float", 0.3)});
  const auto mean = mean_over_seeds(study_networks(three), "distilled, float teacher", "4", "pt_resolution");
  EXPECT_NEAR(mean->mean, 0.2, 1e-12);
  EXPECT_NEAR(mean->error, 0.1 / std::sqrt(3), 1e-12);
  EXPECT_EQ(mean_over_seeds(study_networks(three), "not distilled", "4", "pt_resolution"), std::nullopt);
}

Seen seen(const Runs& runs, std::size_t claim) { return judge_claims(runs).at(claim).seen; }

TEST(Claims, NothingRunIsSaid) {
  const Runs runs(1);
  for (const Claim& claim : judge_claims(runs)) EXPECT_EQ(claim.seen, Seen::not_run) << claim.statement;
}

TEST(Claims, DistillationMustHelpByMoreThanTheError) {
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2), student(4, false, "none", 0.25)}), 1), Seen::yes);
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2), student(4, false, "none", 0.205)}), 1), Seen::no);
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2), student(4, false, "none", 0.25), student(2, true, "float", 0.3),
                        student(2, false, "none", 0.25)}),
                 1),
            Seen::partly);
}

TEST(Claims, FakesOfDistilledStudents) {
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2, 0.019)}), 2), Seen::yes);
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2, 0.02)}), 2), Seen::no);
  EXPECT_EQ(seen(study({student(4, false, "none", 0.2, 0.5)}), 2), Seen::not_run);
}

TEST(Claims, ContainmentAndHardware) {
  const Json curves = {{"curves", {{{"half_contained", 0.95}}, {{"half_contained", 0.89}}}}};
  EXPECT_EQ(seen({run_with("fragmentation.json", curves)}, 0), Seen::partly);
  EXPECT_EQ(seen({run_with("synth.json", {{"lut", 500}, {"latency_ns", 20}})}, 4), Seen::yes);
  EXPECT_EQ(seen({run_with("synth.json", {{"lut", 500}, {"latency_ns", 400}})}, 4), Seen::no);
  EXPECT_EQ(seen({run_with("synth.json", {{"lut", 2e6}, {"latency_ns", 20}})}, 4), Seen::no);
}

TEST(Resources, FitLatencyAndMarks) {
  EXPECT_EQ(fits_device(Json::object(), "x"), std::nullopt);
  EXPECT_EQ(fits_device({{"lut", 1728000}}, "x"), true);
  EXPECT_EQ(fits_device({{"lut", 1}, {"dsp", 12289}}, "x"), false);
  EXPECT_EQ(latency_ns({{"latency_cycles", 10}, {"clock_ns", 2.5}}, "x"), 25);
  EXPECT_EQ(latency_ns({{"latency_cycles", 10}}, "x"), std::nullopt);
  const std::vector<Cell> cells =
      resource_cells({{"lut", 17280}, {"dsp", 99999}, {"estimated", true}, {"flow", "model"}}, "x");
  EXPECT_EQ(cells.size() + 1, resource_columns().size());
  EXPECT_EQ(cells[0].text, "17,280 (1 %)");
  EXPECT_EQ(cells[1].text, "-");
  EXPECT_EQ(cells.back().text, "model; estimate; does not fit");
}

TEST(Measured, StudentHasItsSynthesisAndReferencesTheirOwn) {
  lutra::Run run = run_with("metrics.json", {{"teacher", Json::object()}, {"student", Json::object()}});
  run.files["synth.json"] = {1, "test", {}, {{"lut", 5}}};
  run.files["references.json"] = {1, "test", {}, {{"windows", {{"label", "W"}, {"hardware", {{"lut", 7}}}}}}};
  const Runs runs = {run};
  const std::vector<Measured> list = everything_measured(runs);
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].hardware, nullptr);
  EXPECT_EQ(list[1].hardware->at("lut"), 5);
  EXPECT_EQ(list[1].hardware_where, "r/synth.json");
  EXPECT_EQ(list[2].name, "W");
  EXPECT_EQ(list[2].hardware->at("lut"), 7);
}

}  // namespace
}  // namespace lutra
