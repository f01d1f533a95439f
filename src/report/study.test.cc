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
  // Of as many students those that learned from more; every run has its own usual number.
  Json all = student(4, true, "float", 0.2);
  few["train_events"] = 100;
  all["train_events"] = 0;
  Runs runs = study({few, all});
  runs.push_back(study({few}).front());
  runs.back().name = "other";
  const auto of_both = comparable_students(study_networks(runs));
  ASSERT_EQ(of_both.size(), 2u);
  EXPECT_EQ(of_both[0].train_events, 0);
  EXPECT_EQ(of_both[1].train_events, 100);
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

Seen seen(const Runs& runs, std::size_t claim) { return judge_claims(runs.front()).at(claim).seen; }

TEST(Claims, NothingRunIsSaid) {
  for (const Claim& claim : judge_claims({})) EXPECT_EQ(claim.seen, Seen::not_run) << claim.statement;
}

// Places in judge_claims().
constexpr std::size_t containment = 0, distillation = 2, fakes = 3, hardware = 5, ours = 6, rate = 7, constraints = 8;

TEST(Claims, DistillationMustHelpByMoreThanTheError) {
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2), student(4, false, "none", 0.25)}), distillation), Seen::yes);
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2), student(4, false, "none", 0.205)}), distillation), Seen::no);
  // One of two, and not over both: chance.
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2), student(4, false, "none", 0.25), student(2, true, "float", 0.3),
                        student(2, false, "none", 0.31)}),
                 distillation),
            Seen::no);
  // One of two, but surely over both.
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2), student(4, false, "none", 0.23), student(2, true, "float", 0.3),
                        student(2, false, "none", 0.326)}),
                 distillation),
            Seen::partly);
}

TEST(Claims, FakesOfDistilledStudents) {
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2, 0.019)}), fakes), Seen::yes);
  EXPECT_EQ(seen(study({student(4, true, "float", 0.2, 0.02)}), fakes), Seen::no);
  EXPECT_EQ(seen(study({student(4, false, "none", 0.2, 0.5)}), fakes), Seen::not_run);
}

TEST(Claims, ContainmentOfTheStudysWindowAndHardware) {
  const Json curves = {{"curves",
                        {{{"window_cols", 32}, {"half_contained", 0.95}},
                         {{"window_cols", 32}, {"half_contained", 0.89}},
                         {{"window_cols", 16}, {"half_contained", 0.5}}}}};
  const std::vector<Claim> claims = judge_claims(run_with("fragmentation.json", curves));
  EXPECT_EQ(claims[containment].seen, Seen::partly);
  EXPECT_NE(claims[containment].evidence.find("at 1 of 2 strides, from 95.0 % down to 89.0 %"), std::string::npos);
  EXPECT_EQ(seen({run_with("synth.json", {{"lut", 500}, {"latency_ns", 20}})}, hardware), Seen::yes);
  EXPECT_EQ(seen({run_with("synth.json", {{"lut", 500}, {"latency_ns", 400}})}, hardware), Seen::no);
  EXPECT_EQ(seen({run_with("synth.json", {{"lut", 2e6}, {"latency_ns", 20}})}, hardware), Seen::no);
}

TEST(Claims, StudentsArePairedBySeed) {
  // The spread of the seeds is far larger than what the teacher does, which is the same for each.
  std::vector<Json> networks;
  for (int seed = 1; seed <= 3; ++seed)
    for (const bool distilled : {true, false}) {
      Json n = student(4, distilled, distilled ? "float" : "none", 0.2 + 0.1 * seed - (distilled ? 0.01 * seed : 0),
                       distilled ? 0.001 : 0.002);
      n["seed"] = seed;
      networks.push_back(n);
    }
  const Claim claim = judge_claims(study(networks).front())[distillation];
  EXPECT_EQ(claim.seen, Seen::yes);
  EXPECT_NE(
      claim.evidence.find("all training events, 3 pairs of 3 seeds: pT resolution -0.020 ± 0.006, fakes times 0.50 "
                          "(0.50 - 0.50). By two standard errors the resolution is better in 1 of 1 cases"),
      std::string::npos)
      << claim.evidence;
}

TEST(Claims, OnlyWhatIsAlikeIsCompared) {
  Json few = student(4, true, "float", 0.2);
  few["train_events"] = 100;
  EXPECT_EQ(seen(study({few, student(4, false, "none", 0.25)}), distillation), Seen::not_run);
}

TEST(Claims, OursAgainstTheStudentAndTheReferences) {
  const auto algorithm = [](double plateau, double fake_rate, double khz) {
    return Json{{"plateau", plateau}, {"fake_rate", fake_rate}, {"rate", {{"muon_khz", khz}, {"fake_khz", 0}}}};
  };
  Json network = student(4, true, "float", 0.2);
  network["family"] = "ours";
  network["metrics"] = algorithm(0.95, 0.001, 30);
  network["hardware"] = {{"lut", 500}, {"latency_ns", 6}};
  lutra::Run run = run_with("networks.json", {{"networks", {network}}});
  run.files["metrics.json"] = {1, "test", {}, {{"student", algorithm(0.93, 0.003, 40)}}};
  run.files["synth.json"] = {1, "test", {}, {{"lut", 20000}, {"latency_ns", 60}}};
  run.files["references.json"] = {1, "test", {}, {{"windows", algorithm(0.96, 0.05, 20)}}};
  const std::vector<Claim> claims = judge_claims(run);
  EXPECT_EQ(claims[ours].seen, Seen::yes) << claims[ours].evidence;
  EXPECT_EQ(claims[rate].seen, Seen::partly) << claims[rate].evidence;  // lower than the student's only
  EXPECT_EQ(claims[constraints].seen, Seen::yes);
  EXPECT_NE(claims[constraints].evidence.find("1 of 1 students do, and 1 of 1 networks"), std::string::npos);
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
  EXPECT_EQ(cells[0].text, "17,300");  // an estimate
  EXPECT_EQ(cells[0].value, 17280);
  EXPECT_EQ(cells[0].range, "1 %");
  EXPECT_EQ(cells[1].text, "-");
  EXPECT_EQ(cells.back().text, "estimate");
  EXPECT_EQ(cells.back().range, "does not fit");
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
  EXPECT_EQ(list[2].group, references_group);
  EXPECT_EQ(list[2].hardware->at("lut"), 7);
}

}  // namespace
}  // namespace lutra
