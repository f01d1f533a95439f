#include "cli/commands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/artifact.h"
#include "cli/app.h"
#include "event/events_file.h"
#include "study/tiny_study.test.h"

/// Every command on a few events, in this process: what it says, what it leaves, its exit status.
namespace lutra {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status = 0;
  std::string out, err;
};

Outcome run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "lutra");
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.status = run_app(static_cast<int>(pointers.size()), pointers.data());
  outcome.out = testing::internal::GetCapturedStdout();
  outcome.err = testing::internal::GetCapturedStderr();
  return outcome;
}

class CommandTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    tiny = std::make_unique<TinyStudy>();
    write_text_atomically(tiny->folder / "study.toml",
                          "seed = 5\nevents = 600\n[metrics]\nthreshold_gev = 7\n[compile]\nclock_ns = 4\n"
                          "[fragment]\nwindow = 16\n[student]\ndistill.enabled = false\nfloat_epochs = 1\n"
                          "train.epochs = 1\n[[student.layer]]\nop = \"dense\"\nchannels = 0\n[roads]\nroads = 4\n");
  }
  static void TearDownTestSuite() { tiny.reset(); }

  static std::string at(const char* name) { return (tiny->folder / name).string(); }
  static std::string study() { return at("study.toml"); }

  /// Runs a command that must succeed, and returns the JSON it prints.
  static Json json_of(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 0) << arguments[0] << ": " << outcome.err;
    return outcome.status == 0 ? Json::parse(outcome.out) : Json();
  }

  inline static std::unique_ptr<TinyStudy> tiny;
};

void expect_error(const Outcome& outcome, const std::string& says) {
  EXPECT_EQ(outcome.status, 2) << says;
  EXPECT_NE(outcome.err.find(says), std::string::npos) << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
}

TEST(Commands, NamesAreUniqueAndExamplesTheirOwn) {
  std::set<std::string> names;
  for (const Command& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_EQ(std::string(command.example).rfind(std::string("lutra ") + command.name, 0), 0u) << command.example;
  }
  EXPECT_EQ(names.size(), commands().size());
}

TEST(App, UsageErrorsAreStatusTwo) {
  EXPECT_EQ(run({}).status, 2);
  EXPECT_NE(run({"frobnicate"}).err.find("frobnicate"), std::string::npos);
  EXPECT_EQ(run({"frobnicate"}).status, 2);
  EXPECT_EQ(run({"doctor", "--threads", "0"}).status, 2);
  EXPECT_EQ(run({"--help"}).status, 0);
  EXPECT_EQ(run({"--version"}).status, 0);
  EXPECT_EQ(run({"merge", "--help"}).status, 0);
}

TEST_F(CommandTest, SimulateMakesTheStudysEventsOrOthers) {
  EXPECT_EQ(json_of({"simulate", study(), "--out", at("s.h5")})["events"], 600);
  EXPECT_EQ(read_text(at("s.h5")), read_text(tiny->events()));
  EXPECT_EQ(json_of({"simulate", study(), "--out", at("s.h5"), "--events", "20", "--seed", "9"})["events"], 20);
  EXPECT_EQ(EventReader(at("s.h5")).config()["seed"], 9);
  const Json part = json_of({"simulate", study(), "--out", at("s.h5"), "--shard", "2/4"});
  EXPECT_EQ(part["first"], 150);
  EXPECT_EQ(part["events"], 150);
  const Outcome said = run({"simulate", study(), "--out", at("s.h5"), "--events", "30"});
  EXPECT_EQ(said.out.rfind("30 events in ", 0), 0u) << said.out;
  EXPECT_EQ(run({"simulate", study(), "--out", at("s.h5"), "--events", "30", "--quiet"}).out, "");
}

TEST_F(CommandTest, ImpossibleShardsAreRefused) {
  for (const char* shard : {"0/2", "3/2", "1", "1/2/3", "-1/2", "1/-2", "a/b", "1/2000000"})
    expect_error(run({"simulate", study(), "--out", at("x.h5"), "--shard", shard}), "--shard");
  EXPECT_FALSE(fs::exists(at("x.h5")));
}

TEST_F(CommandTest, MergeJoinsShardsInAnyOrder) {
  for (const char* k : {"1", "2", "3"})
    ASSERT_EQ(run({"simulate", study(), "--out", at("part") + k, "--shard", std::string(k) + "/3"}).status, 0);
  const Json merged = json_of({"merge", at("part3"), at("part1"), at("part2"), "--out", at("merged.h5")});
  EXPECT_EQ(merged["shards"], 3);
  EXPECT_EQ(read_text(at("merged.h5")), read_text(tiny->events()));
  expect_error(run({"merge", at("part1"), at("part3"), "--out", at("x.h5")}), "does not follow");
}

TEST_F(CommandTest, FragmentTakesFlagsBeforeTheStudyBeforeDefaults) {
  const std::string events = tiny->events();
  EXPECT_EQ(json_of({"fragment", events, "--out", at("f.h5")})["cols"], 16);
  EXPECT_EQ(read_text(at("f.h5")), read_text(tiny->fragments()));
  EXPECT_EQ(json_of({"fragment", events, "--out", at("f.h5"), "--study", study()})["cols"], 8);
  EXPECT_EQ(json_of({"fragment", events, "--out", at("f.h5"), "--study", study(), "--window", "64"})["cols"], 32);
  EXPECT_NE(run({"fragment", events, "--out", at("f.h5"), "--stride", "8"}).out.find("600 fragments of 9x16"),
            std::string::npos);
  expect_error(run({"fragment", events, "--out", at("x.h5"), "--window", "385"}), "window");
}

TEST_F(CommandTest, ValidateComparesAndLimits) {
  const Outcome checks = run({"validate", tiny->events(), "--limit", "300", "--plots", at("plots")});
  EXPECT_LE(checks.status, 1);
  EXPECT_EQ(checks.out.rfind("|", 0), 0u) << checks.out;  // a table
  EXPECT_GE(std::ranges::distance(fs::directory_iterator(at("plots"))), 6);
  expect_error(run({"validate", tiny->events(), "--plots", study()}), "something else has this name");
  expect_error(run({"validate", tiny->fragments()}), "fragments.h5");
}

TEST_F(CommandTest, InspectDrawsAsManyAsAsked) {
  const Outcome two = run({"inspect", tiny->events(), "--events", "2", "--svg", at("drawn")});
  EXPECT_EQ(two.status, 0);
  EXPECT_NE(two.out.find("event 1"), std::string::npos);
  EXPECT_EQ(two.out.find("event 2"), std::string::npos);
  EXPECT_TRUE(fs::exists(tiny->folder / "drawn/event1.svg"));
  EXPECT_FALSE(fs::exists(tiny->folder / "drawn/event2.svg"));
  EXPECT_NE(run({"inspect", tiny->fragments(), "--events", "1"}).out.find("event 0"), std::string::npos);
  EXPECT_EQ(json_of({"inspect", tiny->counting()})["kind"], "network");
  expect_error(run({"inspect", tiny->counting(), "--events", "1"}), "holds none");
  std::string damaged = read_text(tiny->counting());
  damaged[damaged.find("count")] = 'C';
  write_text_atomically(at("damaged.json"), damaged);
  EXPECT_EQ(run({"inspect", at("damaged.json")}).status, 1);
}

TEST_F(CommandTest, ImportReadsATable) {
  write_text_atomically(at("import.toml"),
                        "inputs = \"a,b\"\ninput_format = \"u3.0\"\n[[target]]\nname = \"y\"\nlo = 0\nhi = 1\n");
  std::string table = "a,b,y\n";
  for (int i = 0; i < 40; ++i) table += std::to_string(i % 8) + "," + std::to_string(i / 8) + ",0.5\n";
  write_text_atomically(at("table.csv"), table);
  json_of({"import", at("import.toml"), at("table.csv"), "--out", at("imported.h5")});
  const Dataset data = read_dataset(at("imported.h5")).data;
  EXPECT_EQ(data.size(), 40u);
  EXPECT_EQ(data.input(13)[0], 5);
  EXPECT_EQ(data.input(13)[1], 1);
  write_text_atomically(at("table.csv"), "a,b,y\n8,0,0.5\n");
  const Outcome outside = run({"import", at("import.toml"), at("table.csv"), "--out", at("x.h5")});
  EXPECT_EQ(outside.status, 2) << outside.out;
}

TEST_F(CommandTest, EvaluateTakesTheStudysThreshold) {
  const auto plateau = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all = {"evaluate", tiny->accepts_none(), "--data", tiny->fragments(),
                                    "--out",    at("metrics.json")};
    all.insert(all.end(), more.begin(), more.end());
    return json_of(all)["student"]["plateau"];
  };
  EXPECT_EQ(plateau({}), 0);
  EXPECT_EQ(plateau({"--study", study()}), 1);
  const Outcome both = run({"evaluate", tiny->accepts_none(), "--data", tiny->fragments(), "--teacher",
                            tiny->accepts_all(), "--out", at("metrics.json")});
  EXPECT_NE(both.out.find("teacher"), std::string::npos);
  EXPECT_NE(both.out.find("100.00 %"), std::string::npos);
  EXPECT_NE(both.out.find("0.00 %"), std::string::npos);
}

TEST_F(CommandTest, CompileVerifySynth) {
  const Json compiled =
      json_of({"compile", tiny->counting(), "--out", at("rtl"), "--study", study(), "--interval", "1"});
  EXPECT_EQ(compiled["latency_ns"].get<double>(), 4 * compiled["latency_cycles"].get<double>());
  const Json fast = json_of({"compile", tiny->counting(), "--out", at("fast"), "--clock-ns", "1.5"});
  EXPECT_GT(fast["latency_cycles"], compiled["latency_cycles"]);
  const Outcome verified = run(
      {"verify", tiny->counting(), at("rtl"), "--data", tiny->fragments(), "--events", "20", "--prove", "--software"});
  EXPECT_EQ(verified.status, 0) << verified.err;
  for (const char* text : {", 0 mismatches", "C++ model: 0 mismatches, interpreter of the program: 0", "layers proved"})
    EXPECT_NE(verified.out.find(text), std::string::npos) << verified.out;
  EXPECT_TRUE(fs::exists(tiny->folder / "rtl/verify.json"));
  const Json synthesis = json_of({"synth", at("rtl"), "--out", at("s.json")});
  EXPECT_GT(synthesis["lut"], 100);
  EXPECT_FALSE(fs::exists(tiny->folder / "rtl/synth.json"));
  expect_error(run({"synth", at("nowhere")}), "design.json");
  expect_error(run({"compile", study(), "--out", at("x")}), "study.toml");
  EXPECT_EQ(run({"compile", tiny->counting(), "--out", at("x"), "--threshold-gev", "7"}).status, 2);  // needs --chain
}

TEST_F(CommandTest, TrainingCommandsLeaveNetworks) {
  const Json student = json_of({"distill", study(), "--data", tiny->fragments(), "--out", at("student")});
  EXPECT_EQ(read_network(tiny->folder / "student/network.json").network.layers.size(),
            student["layers"].get<std::size_t>());
  const Json roads = json_of({"roads", study(), "--data", tiny->fragments(), "--out", at("roads")});
  EXPECT_TRUE(fs::exists(roads["file"].get<std::string>()));
  EXPECT_GT(roads["lut_estimate"], 0);
  expect_error(run({"learn", study(), "--data", tiny->fragments(), "--out", at("x")}), "distillation needs a teacher");
  expect_error(run({"train", study(), "--data", tiny->events(), "--out", at("x")}), "events.h5");
  EXPECT_EQ(run({"train", study(), "--data", tiny->fragments(), "--out", at("x"), "--device", "abacus"}).status, 2);
}

TEST_F(CommandTest, GridAndFitSayWhatIsMissing) {
  const std::string grid = "\n[[grid]]\nbits = [4]\nseeds = [1]\n", nothing = "\n[fit]\nroads = []\nwidths = []\n";
  write_text_atomically(at("grid.toml"), read_text(study()) + grid);
  write_text_atomically(at("nothing.toml"), read_text(study()) + nothing);
  const std::string data = tiny->fragments();
  expect_error(run({"grid", study(), "--data", data, "--out", at("x")}), "has no [[grid]]");
  expect_error(run({"grid", at("grid.toml"), "--data", data, "--out", at("x")}), "a teacher that was not given");
  expect_error(run({"fit", at("nothing.toml"), "--data", data, "--out", at("x")}), "nothing to try");
}

TEST_F(CommandTest, OnnxThereAndBack) {
  EXPECT_EQ(run({"onnx-export", tiny->counting(), "--out", at("n.onnx")}).status, 0);
  json_of({"onnx-import", at("n.onnx"), "--out", at("back.json")});
  Network before = read_network(tiny->counting()).network, after = read_network(at("back.json")).network;
  EXPECT_EQ(after.input, before.input);
  EXPECT_EQ(after.layers.back().weights, before.layers.back().weights);
  expect_error(run({"onnx-import", study(), "--out", at("x.json")}), "study.toml");
  expect_error(run({"onnx-import", at("n.onnx"), "--out", at("x.json"), "--input-format", "seven"}), "--input-format");
}

TEST_F(CommandTest, StudyPrintsWhatItReadsBack) {
  const Outcome printed = run({"study", study()});
  EXPECT_EQ(printed.status, 0);
  write_text_atomically(at("printed.toml"), printed.out);
  EXPECT_EQ(run({"study", at("printed.toml")}).out, printed.out);
  EXPECT_EQ(json_of({"study", study()})["metrics"]["threshold_gev"], 7);
  EXPECT_EQ(json_of({"study"})["metrics"]["threshold_gev"], 10);
  expect_error(run({"study", at("missing.toml")}), "missing.toml");
}

TEST_F(CommandTest, ReportAndRunNeedTheirFiles) {
  expect_error(run({"report", at("nowhere"), "--out", at("x.html")}), "nowhere");
  expect_error(run({"run", at("missing.toml"), "--out", at("x")}), "missing.toml");
  EXPECT_FALSE(fs::exists(at("x.html")));
}

TEST(Doctor, ListsEveryToolAndSaysWhatIsNeeded) {
  const Outcome said = run({"doctor"});
  const Json tools = Json::parse(run({"doctor", "--json"}).out);
  EXPECT_EQ(said.status == 0, tools["complete"].get<bool>());
  for (const Json& tool : tools["tools"])
    EXPECT_NE(said.out.find(tool["name"].get<std::string>()), std::string::npos) << tool;
  EXPECT_GT(tools["tools"].size(), 4u);
}

TEST(HelpPage, DescribesEveryCommand) {
  const std::string page = run({"help-page"}).out;
  for (const Command& command : commands())
    EXPECT_NE(page.find(std::string("## ") + command.name), std::string::npos) << command.name;
}

}  // namespace
}  // namespace lutra
