#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

#include "base/artifact.h"
#include "base/hash.h"
#include "cli/command.h"
#include "cli/command_page.h"
#include "event/dataset_file.h"
#include "lutra_run.h"
#include "model/network.h"
#include "rtl/design.h"

/// The program from the outside: one tiny study end to end, and what happens to bad input.
namespace lutra {
namespace {

namespace fs = std::filesystem;

const char* const tiny_study = R"(
name = "tiny"
seed = 3
whole_images = true
events = 4000
[teacher.train]
epochs = 1
[student]
bits = 4
float_epochs = 1
[[student.layer]]
op = "conv"
channels = 2
stride_rows = 3
stride_cols = 2
[[student.layer]]
op = "dense"
channels = 6
[[student.layer]]
op = "dense"
channels = 0
[[student.distill.hint]]
student_layer = 0
teacher_layer = "conv5"
[student.train]
epochs = 6
batch_events = 128
[image_teacher.train]
epochs = 2
batch_events = 64
[learned]
float_epochs = 1
[[learned.layer]]
op = "dense"
channels = 4
[[learned.layer]]
op = "dense"
channels = 0
[learned.learn]
points = 2
polish_epochs = 1
max_ebops = 1e6
[learned.train]
epochs = 2
batch_events = 128
[road_grid]
roads = [6]
truth_shares = [1, 0.5]
seeds = [1]
[verify]
random_events = 500
)";

/// One run shared by all tests: it takes a while.
class Program : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = fs::path(testing::TempDir()) / "lutra_program_test";
    fs::remove_all(folder);
    write_text_atomically(folder / "tiny.toml", tiny_study);
    first = lutra_run({"run", (folder / "tiny.toml").string(), "--out", (folder / "run").string()});
  }
  static void TearDownTestSuite() { fs::remove_all(folder); }

  static std::string at(const char* name) { return (folder / name).string(); }

  inline static fs::path folder;
  inline static ProcessResult first;
};

TEST_F(Program, ValidateDrawsWhatItCompares) {
  const ProcessResult drawn =
      lutra_run({"validate", (folder / "run/events.h5").string(), "--plots", at("plots"), "--json"});
  EXPECT_LE(drawn.status, 1) << drawn.output;  // 1: some number of so few events disagrees
  for (const char* name : {"shift", "acceptance", "muon_widths", "noise_widths", "noise_multiplicity", "containment"})
    EXPECT_TRUE(read_text(folder / "plots" / (std::string(name) + ".svg")).ends_with("</svg>\n")) << name;
  const ProcessResult refused =
      lutra_run({"validate", (folder / "run/events.h5").string(), "--plots", at("tiny.toml")});
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.output.find("tiny.toml (something else has this name)"), std::string::npos) << refused.output;
}

TEST_F(Program, RunLeavesEveryArtifact) {
  ASSERT_EQ(first.status, 0) << first.output;
  for (const char* name : {"events.h5", "fragments.h5", "teacher/teacher.json", "student/network.json",
                           "rtl/design.json", "verify.json", "synth.json", "metrics.json", "report.html"})
    EXPECT_TRUE(fs::exists(folder / "run" / name)) << name;
  const Json verified = read_json(folder / "run/verify.json");
  EXPECT_EQ(verified["mismatches"], 0);
  EXPECT_GT(verified["events"], 1000);
  const Json synthesis = read_json(folder / "run/synth.json");
  for (const char* key : {"lut", "ff", "carry", "dsp", "bram", "latency_cycles", "latency_ns", "interval_cycles"})
    EXPECT_TRUE(synthesis[key].is_number()) << key;
  const Json metrics = read_json(folder / "run/metrics.json");
  for (const char* who : {"teacher", "student"})
    for (const char* key :
         {"plateau", "efficiency", "fake_rate", "leakage_below_7gev", "pt_resolution", "eta_resolution", "events"})
      EXPECT_TRUE(metrics[who].contains(key)) << who << " " << key;
}

TEST_F(Program, TheTeacherOfWholeImagesStandsBesideTheOthers) {
  const Json networks = read_json(folder / "run/networks.json")["networks"];
  const auto found =
      std::find_if(networks.begin(), networks.end(), [](const Json& n) { return n["input"] == "9x384"; });
  ASSERT_NE(found, networks.end());
  EXPECT_EQ((*found)["family"], "teacher");
  EXPECT_GT((*found)["hardware"]["lut"], 1728000);  // far beyond the device
  EXPECT_EQ((*found)["hardware"]["estimated"], true);
  EXPECT_TRUE((*found)["metrics"]["half_contained"].is_null());  // it sees everything
  EXPECT_TRUE((*found)["metrics"]["eta_resolution"].is_number());
  ASSERT_EQ(lutra_run({"train", at("tiny.toml"), "--full-image", "--data", at("run/events.h5"), "--out", at("image"),
                       "--threads", "1"})
                .status,
            0);
  EXPECT_EQ(read_text(at("image/teacher.json")), read_text(at("run/image-teacher/teacher.json")));
}

TEST_F(Program, ASecondRunDoesNothing) {
  const ProcessResult second = lutra_run({"run", at("tiny.toml"), "--out", at("run")});
  EXPECT_EQ(second.status, 0) << second.output;
  EXPECT_EQ(second.output.find("[#"), std::string::npos) << second.output;  // no bar was drawn
}

TEST_F(Program, StagesByHandGiveTheSameBytes) {
  const auto same = [&](const char* made, const char* from_run) {
    EXPECT_EQ(read_text(at(made)), read_text(at(from_run))) << made;
  };
  ASSERT_EQ(lutra_run({"simulate", at("tiny.toml"), "--out", at("events.h5"), "--threads", "1"}).status, 0);
  same("events.h5", "run/events.h5");
  ASSERT_EQ(lutra_run({"fragment", at("events.h5"), "--out", at("fragments.h5"), "--threads", "3"}).status, 0);
  same("fragments.h5", "run/fragments.h5");
  ASSERT_EQ(
      lutra_run({"train", at("tiny.toml"), "--data", at("fragments.h5"), "--out", at("teacher"), "--threads", "1"})
          .status,
      0);
  same("teacher/teacher.json", "run/teacher/teacher.json");
  ASSERT_EQ(lutra_run({"distill", at("tiny.toml"), "--data", at("fragments.h5"), "--teacher",
                       at("teacher/teacher.json"), "--out", at("student"), "--threads", "1"})
                .status,
            0);
  same("student/network.json", "run/student/network.json");
  ASSERT_EQ(lutra_run({"compile", at("student/network.json"), "--out", at("rtl")}).status, 0);
  same("rtl/design.json", "run/rtl/design.json");
}

TEST_F(Program, SharedHardwareComputesTheSame) {
  ASSERT_EQ(lutra_run({"compile", at("run/student/network.json"), "--out", at("rtl7"), "--interval", "7"}).status, 0);
  EXPECT_EQ(read_json(folder / "rtl7/design.json")["interval_cycles"], 7);
  const ProcessResult verified = lutra_run(
      {"verify", at("run/student/network.json"), at("rtl7"), "--data", at("run/fragments.h5"), "--events", "100"});
  EXPECT_EQ(verified.status, 0) << verified.output;
}

TEST_F(Program, TheWholeTriggerIsCompiledVerifiedAndProved) {
  const std::string network = at("run/student/network.json");
  ASSERT_EQ(lutra_run({"compile", network, "--out", at("chain"), "--study", at("tiny.toml"), "--chain", "--interval",
                       "9", "--threshold-gev", "7"})
                .status,
            0);
  EXPECT_EQ(read_json(folder / "chain/design.json")["interval_cycles"], 9);
  const ProcessResult verified =
      lutra_run({"verify", network, at("chain"), "--data", at("run/events.h5"), "--study", at("tiny.toml"), "--prove"});
  EXPECT_EQ(verified.status, 0) << verified.output;
  const Json result = read_json(folder / "chain/verify.json");
  EXPECT_EQ(result["proof"]["verdict"], "proved");
  EXPECT_GT(result["events"], 4000);
}

TEST_F(Program, LearningPrecisionLeavesAFront) {
  const ProcessResult learned = lutra_run({"learn", at("tiny.toml"), "--data", at("run/fragments.h5"), "--teacher",
                                           at("run/teacher/teacher.json"), "--out", at("learned")});
  ASSERT_EQ(learned.status, 0) << learned.output;
  const Json pareto = read_json(folder / "learned/pareto.json");
  ASSERT_FALSE(pareto["points"].empty());
  int chosen = 0;
  for (const Json& point : pareto["points"]) {
    EXPECT_TRUE(fs::exists(folder / "learned" / point["network"].get<std::string>()));
    EXPECT_GT(point["cost"], 0);
    EXPECT_TRUE(point["plateau"].is_number());
    chosen += point["chosen"].get<bool>();
    EXPECT_EQ(point["chosen"].get<bool>(), point["lut"].is_number());
  }
  EXPECT_EQ(chosen, 1);
  EXPECT_TRUE(fs::exists(folder / "learned/network.json"));
  EXPECT_EQ(lutra_run({"learn", at("tiny.toml"), "--data", at("run/fragments.h5"), "--out", at("none")}).status, 2)
      << "distillation needs a teacher";
}

TEST_F(Program, RoadsAreNetworksLikeOthers) {
  const Json file = read_json(folder / "run/networks.json");
  std::vector<Json> networks;
  for (const Json& network : file["networks"])
    if (network["family"] == "ours") networks.push_back(network);
  ASSERT_EQ(networks.size(), 2);
  EXPECT_EQ(networks[0]["teacher"], "none");
  EXPECT_EQ(networks[1]["teacher"], "float");
  for (const Json& network : networks) EXPECT_GT(network["metrics"]["plateau"], network["metrics"]["fake_rate"]);
  ASSERT_EQ(lutra_run({"roads", at("tiny.toml"), "--data", at("run/fragments.h5"), "--out", at("roads")}).status, 0);
  ASSERT_EQ(lutra_run({"compile", at("roads/network.json"), "--out", at("roads/rtl")}).status, 0);
  const ProcessResult verified = lutra_run(
      {"verify", at("roads/network.json"), at("roads/rtl"), "--data", at("run/fragments.h5"), "--events", "200"});
  EXPECT_EQ(verified.status, 0) << verified.output;
}

TEST_F(Program, FitFindsANetworkWithinItsBudgetOrSaysHowCloseItCame) {
  write_text_atomically(folder / "fit.toml", std::string(tiny_study) + "[fit]\nwidths = [3, 4]\n");
  const std::vector<std::string> search = {
      "fit",   at("fit.toml"), "--data", at("run/fragments.h5"), "--teacher", at("run/teacher/teacher.json"),
      "--out", at("fit")};
  const auto fit = [&](std::vector<std::string> budget) {
    std::vector<std::string> all = search;
    all.insert(all.end(), budget.begin(), budget.end());
    return lutra_run(all);
  };
  const ProcessResult none = fit({"--max-luts", "1"});
  EXPECT_EQ(none.status, 1) << none.output;
  EXPECT_NE(none.output.find("nothing fits; closest"), std::string::npos) << none.output;
  EXPECT_FALSE(read_json(folder / "fit/fit.json")["fits"].get<bool>());

  ASSERT_EQ(fit({"--max-luts", "90000"}).status, 0);
  const Json found = read_json(folder / "fit/fit.json");
  const Json& best = found["tried"][found["best"].get<std::size_t>()];
  EXPECT_TRUE(best["chosen"].get<bool>());
  EXPECT_LE(best["lut"], 90000);
  EXPECT_EQ(read_json(folder / "fit/verify.json")["mismatches"], 0);
  EXPECT_EQ(read_json(folder / "fit/synth.json")["lut"], best["lut"]);
  EXPECT_NE(read_text(folder / "fit/report.html").find("Search within a budget"), std::string::npos);
  const ProcessResult again = fit({"--max-luts", "90000"});
  EXPECT_NE(again.output.find("up to date"), std::string::npos) << again.output;
}

TEST_F(Program, AMismatchIsExitStatusOne) {
  // Firmware that claims to come from a network with another bias.
  NetworkFile other = read_network(folder / "run/student/network.json");
  other.network.layers.back().bias[0] += 64;
  write_network(folder / "other.json", other.network, other.config);
  fs::copy(folder / "run/rtl", folder / "wrong", fs::copy_options::recursive);
  DesignFile design = read_design(folder / "wrong");
  design.design.network_hash = hex(hash_bytes(network_to_json(other.network).dump()));
  write_design(folder / "wrong", design.design, design.config);
  const ProcessResult result =
      lutra_run({"verify", at("other.json"), at("wrong"), "--data", at("run/fragments.h5"), "--events", "500"});
  EXPECT_EQ(result.status, 1) << result.output;
  EXPECT_NE(result.output.find("expected"), std::string::npos) << result.output;
}

TEST_F(Program, FirmwareOfAnotherNetworkIsRefused) {
  NetworkFile other = read_network(folder / "run/student/network.json");
  other.network.layers.back().bias[0] += 64;
  write_network(folder / "stranger.json", other.network, other.config);
  const ProcessResult result =
      lutra_run({"verify", at("stranger.json"), at("run/rtl"), "--data", at("run/fragments.h5")});
  EXPECT_EQ(result.status, 2) << result.output;
}

TEST_F(Program, EditedFirmwareIsRefusedOrTakenAndRecorded) {
  fs::copy(folder / "run/rtl", folder / "edited", fs::copy_options::recursive);
  write_text_atomically(folder / "edited/student.sv", read_text(folder / "edited/student.sv") + " ");
  write_text_atomically(folder / "edited/more.sv", "module more; endmodule\n");
  const std::vector<std::string> verify = {"verify", at("run/student/network.json"), at("edited"),
                                           "--data", at("run/fragments.h5"),         "--events",
                                           "200"},
                                 synth = {"synth", at("edited")};
  for (std::vector<std::string> command : {verify, synth}) {
    const ProcessResult refused = lutra_run(command);
    EXPECT_EQ(refused.status, 2) << refused.output;
    EXPECT_NE(refused.output.find("more.sv added, student.sv changed"), std::string::npos) << refused.output;
    command.push_back("--edited");
    const ProcessResult taken = lutra_run(command);
    EXPECT_EQ(taken.status, 0) << taken.output;
    EXPECT_NE(taken.output.find("edited: student.sv changed"), std::string::npos) << taken.output;
  }
  for (const char* result : {"edited/verify.json", "edited/synth.json"})
    EXPECT_EQ(read_json(folder / result)["edited"].size(), 2u) << result;
}

TEST_F(Program, NamesThatWantToBeCodeAreRefusedWhereTheyAreRead) {
  const NetworkFile student = read_network(folder / "run/student/network.json");
  for (const char* name : {"q\nmodule e; initial $system(\"id\"); endmodule\n//", "evil\\"}) {
    NetworkFile network = student, layer = student;
    network.network.name = name;
    layer.network.layers[0].name = name;
    for (const NetworkFile& file : {network, layer}) {
      write_network(folder / "named.json", file.network, file.config);
      const ProcessResult result = lutra_run({"compile", at("named.json"), "--out", at("named")});
      EXPECT_EQ(result.status, 2) << result.output;
      EXPECT_NE(result.output.find("cannot be called"), std::string::npos) << result.output;
    }
    std::string text = tiny_study;
    text.replace(text.find("[student]"), 9, "[student]\nname = " + Json(name).dump());
    write_text_atomically(folder / "named.toml", text);
    const ProcessResult result = lutra_run({"run", at("named.toml"), "--out", at("named-run")});
    EXPECT_EQ(result.status, 2) << result.output;
    EXPECT_NE(result.output.find("\"student.name\" cannot be called"), std::string::npos) << result.output;
  }
  EXPECT_FALSE(fs::exists(folder / "named"));
}

TEST_F(Program, TheDesignOfAStrangerRunsNoCommand) {
  fs::copy(folder / "run/rtl", folder / "stranger", fs::copy_options::recursive);
  JsonArtifact design = read_json_artifact(folder / "stranger/design.json", design_kind);
  design.body["top"] = "student -flatten\n! touch " + at("pwned") + "\n#";
  write_json_artifact(folder / "stranger/design.json", design_kind, design.config, design.body);
  const ProcessResult result = lutra_run({"synth", at("stranger")});
  EXPECT_EQ(result.status, 2) << result.output;
  EXPECT_NE(result.output.find("is no name of a module"), std::string::npos) << result.output;
  EXPECT_FALSE(fs::exists(folder / "pwned"));
}

TEST_F(Program, NothingOfARenamedNetworkStays) {
  NetworkFile file = read_network(folder / "run/student/network.json");
  for (const char* name : {"before", "after"}) {
    file.network.name = name;
    write_network(folder / "renamed.json", file.network, file.config);
    ASSERT_EQ(lutra_run({"compile", at("renamed.json"), "--out", at("renamed [1] 'a' ; b")}).status, 0);
  }
  for (const auto& entry : fs::directory_iterator(folder / "renamed [1] 'a' ; b"))
    EXPECT_EQ(entry.path().filename().string().find("before"), std::string::npos) << entry.path();
  const ProcessResult result = lutra_run({"synth", at("renamed [1] 'a' ; b")});
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST_F(Program, TheCommandPageIsUpToDate) {
  EXPECT_EQ(read_text(fs::path(LUTRA_SOURCE_DIR) / "docs/commands.md"), command_page() + "\n")
      << "run: lutra help-page > docs/commands.md";
  EXPECT_EQ(command_page().find("``"), std::string::npos) << "a flag without its name";
}

TEST_F(Program, ShardsMergeIntoTheWhole) {
  for (const char* part : {"1", "2", "3"})
    ASSERT_EQ(lutra_run({"simulate", at("tiny.toml"), "--out", at("part") + part + ".h5", "--shard",
                         std::string(part) + "/3"})
                  .status,
              0);
  ASSERT_EQ(lutra_run({"merge", at("part2.h5"), at("part1.h5"), at("part3.h5"), "--out", at("whole.h5")}).status, 0);
  EXPECT_EQ(read_text(folder / "whole.h5"), read_text(folder / "run/events.h5"));
}

TEST_F(Program, InspectKnowsEveryArtifact) {
  for (const char* name : {"events.h5", "fragments.h5", "teacher/teacher.json", "student/network.json",
                           "rtl/design.json", "verify.json", "synth.json", "metrics.json", "displays.json"})
    EXPECT_EQ(lutra_run({"inspect", (folder / "run" / name).string()}).status, 0) << name;
  for (const char* name : {"events.h5", "fragments.h5"}) {
    const fs::path drawings = folder / ("drawn_" + std::string(name));
    const ProcessResult drawn =
        lutra_run({"inspect", (folder / "run" / name).string(), "--events", "5", "--svg", drawings.string()});
    EXPECT_EQ(drawn.status, 0) << drawn.output;
    EXPECT_NE(drawn.output.find("event 4"), std::string::npos) << drawn.output;
    for (int i = 0; i < 5; ++i)
      EXPECT_TRUE(read_text(drawings / ("event" + std::to_string(i) + ".svg")).ends_with("</svg>\n")) << name << i;
  }
}

TEST_F(Program, EveryCommandHasHelpWithAnExample) {
  for (const Command& command : commands()) {
    const ProcessResult help = lutra_run({command.name, "--help"});
    EXPECT_EQ(help.status, 0) << command.name;
    for (const char* text : {"Example:", "--quiet", "--threads", "--json", command.example})
      EXPECT_NE(help.output.find(text), std::string::npos) << command.name << " lacks " << text;
  }
}

/// A detector that no code knows goes through every stage up to the data set.
TEST_F(Program, ADetectorFileNeedsNoCode) {
  write_text_atomically(folder / "third.toml",
                        "[detector]\nname = \"third\"\nstrips = 200\neta_pitch = 0.005\n"
                        "[[detector.stations]]\nname = \"A\"\nplane_radii_m = [5.0, 5.1]\n"
                        "[[detector.stations]]\nname = \"B\"\nplane_radii_m = [7.0]\nplane_efficiency = 0.9\n"
                        "[[detector.stations]]\nname = \"C\"\nplane_radii_m = [9.0, 9.1]\n"
                        "[[detector.dead_regions]]\nstation = \"B\"\neta_lo = 0.2\neta_hi = 0.3\n"
                        "phi_lo_rad = -1.0\nphi_hi_rad = 1.0\n");
  const ProcessResult made = lutra_run(
      {"simulate", at("tiny.toml"), "--detector", at("third.toml"), "--events", "1000", "--out", at("third.h5")});
  ASSERT_EQ(made.status, 0) << made.output;
  const ProcessResult cut = lutra_run({"fragment", at("third.h5"), "--out", at("third_fragments.h5")});
  ASSERT_EQ(cut.status, 0) << cut.output;
  EXPECT_EQ(DatasetReader(folder / "third_fragments.h5").layout().rows, 5);
}

TEST_F(Program, ChargeIsPredictedWhenAskedFor) {
  write_text_atomically(folder / "charge.toml", std::string(tiny_study) + "[fragment]\ncharge = true\n");
  ASSERT_EQ(lutra_run({"fragment", at("run/events.h5"), "--study", at("charge.toml"), "--out", at("charge.h5")}).status,
            0);
  ASSERT_EQ(lutra_run({"train", at("charge.toml"), "--data", at("charge.h5"), "--out", at("charge_teacher")}).status,
            0);
  ASSERT_EQ(lutra_run({"distill", at("charge.toml"), "--data", at("charge.h5"), "--teacher",
                       at("charge_teacher/teacher.json"), "--out", at("charge")})
                .status,
            0);
  const ProcessResult result =
      lutra_run({"evaluate", at("charge/network.json"), "--data", at("charge.h5"), "--out", at("charge.json")});
  ASSERT_EQ(result.status, 0) << result.output;
  EXPECT_NE(result.output.find("charge right"), std::string::npos) << result.output;
  const Json student = read_json(folder / "charge.json")["student"];
  EXPECT_GT(student["charge_accuracy"], 0.3);
  EXPECT_TRUE(student["plateau"].is_number());
}

struct BadCall {
  std::vector<std::string> arguments;
  const char* says;
};

TEST_F(Program, BadInputIsOneLineAndExitStatusTwo) {
  write_text_atomically(folder / "unknown_key.toml", "evnts = 3\n");
  write_text_atomically(folder / "negative.toml", "[simulation.noise]\ncavern_clusters = -1\n");
  write_text_atomically(folder / "wide.toml", "[fragment]\nwindow = 1000\n");
  write_text_atomically(folder / "not.toml", "= = =\n");
  write_text_atomically(folder / "cut.h5", read_text(folder / "run/events.h5").substr(0, 5000));
  write_text_atomically(folder / "import.toml", "inputs = \"a\"\n[[target]]\nname = \"y\"\n");
  write_text_atomically(folder / "ragged.csv", "a,y\n1,2\n1\n");
  write_text_atomically(folder / "nan.csv", "a,y\n1,2\nnan,3\n");
  std::string damaged = read_text(folder / "run/events.h5");
  damaged[damaged.size() / 2] ^= 1;
  write_text_atomically(folder / "damaged.h5", damaged);
  const BadCall calls[] = {
      {{"run", at("unknown_key.toml"), "--out", at("x")}, "unknown key \"evnts\""},
      {{"simulate", at("negative.toml"), "--out", at("x.h5")}, "cavern_clusters"},
      {{"fragment", at("run/events.h5"), "--study", at("wide.toml"), "--out", at("x.h5")}, "window"},
      {{"run", at("not.toml"), "--out", at("x")}, "line 1"},
      {{"run", at("missing.toml"), "--out", at("x")}, "does not exist"},
      {{"simulate", at("tiny.toml"), "--out", at("x.h5"), "--shard", "3/2"}, "--shard"},
      {{"simulate", at("tiny.toml"), "--out", at("x.h5"), "--events", "0"}, "--events"},
      {{"fragment", at("cut.h5"), "--out", at("x.h5")}, "cut.h5"},
      {{"fragment", at("damaged.h5"), "--out", at("x.h5")}, "damaged"},
      {{"fragment", at("tiny.toml"), "--out", at("x.h5")}, "tiny.toml"},
      {{"fragment", at("run/fragments.h5"), "--out", at("x.h5")}, "fragments"},
      {{"fragment", at("run/events.h5"), "--out", at("x.h5"), "--stride", "0"}, "stride"},
      {{"simulate", at("tiny.toml"), "--detector", at("not.toml"), "--out", at("x.h5")}, "line 1"},
      {{"import", at("import.toml"), at("ragged.csv"), "--out", at("x.h5")}, "ragged.csv line 3 is ragged"},
      {{"import", at("import.toml"), at("nan.csv"), "--out", at("x.h5")}, "nan.csv line 3, column 1"},
      {{"merge", at("run/events.h5"), at("run/events.h5"), "--out", at("x.h5")}, "does not follow"},
      {{"train", at("tiny.toml"), "--data", at("run/events.h5"), "--out", at("x")}, "events"},
      {{"distill", at("tiny.toml"), "--data", at("run/fragments.h5"), "--out", at("x")}, "teacher"},
      {{"distill", at("tiny.toml"), "--data", at("run/fragments.h5"), "--teacher", at("run/metrics.json"), "--out",
        at("x")},
       "teacher"},
      {{"compile", at("run/metrics.json"), "--out", at("x")}, "network"},
      {{"verify", at("run/student/network.json"), at("student"), "--data", at("run/fragments.h5")}, "design.json"},
      {{"synth", at("missing")}, "design.json"},
      {{"evaluate", at("run/student/network.json"), "--data", at("run/verify.json"), "--out", at("x.json")},
       "verify.json"},
      {{"report", at("missing"), "--out", at("x.html")}, "missing"},
      {{"simulate"}, "required"},
      {{"frobnicate"}, "frobnicate"},
      {{"doctor", "--threads", "0"}, "--threads"},
  };
  for (const BadCall& call : calls) {
    const ProcessResult result = lutra_run(call.arguments);
    EXPECT_EQ(result.status, 2) << call.says << ": " << result.output;
    EXPECT_NE(result.output.find(call.says), std::string::npos) << call.says << ": " << result.output;
  }
  for (const auto& entry : fs::directory_iterator(folder))
    EXPECT_NE(entry.path().filename().string().rfind("x.", 0), 0u) << "left behind: " << entry.path();
}

}  // namespace
}  // namespace lutra
