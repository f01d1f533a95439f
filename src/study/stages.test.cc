#include "study/stages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "event/events_file.h"
#include "ir/interpret.h"
#include "ir/text.h"
#include "physics/metrics.h"
#include "rtl/design.h"
#include "study/judge.h"
#include "study/network_entry.h"
#include "study/road_stages.h"
#include "study/tiny_study.test.h"

/// Every stage as a function from files to files, on a few events whose answers can be told beforehand.
namespace lutra {
namespace {

namespace fs = std::filesystem;

class Stages : public testing::Test {
 protected:
  static void SetUpTestSuite() { tiny = std::make_unique<TinyStudy>(); }
  static void TearDownTestSuite() { tiny.reset(); }

  static fs::path at(const char* name) { return tiny->folder / name; }
  static Json body(const char* name, const char* kind) { return read_json_artifact(at(name), {kind, 1}).body; }

  inline static std::unique_ptr<TinyStudy> tiny;
};

/// The message of the Error that `call` ends with.
template <class Call>
std::string error_of(const Call& call) {
  try {
    call();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

TEST_F(Stages, EventsAndFragmentsDependOnTheStudyAlone) {
  Context threads;
  threads.compute.threads = 3;
  make_events(tiny->study, {0, 600}, at("again.h5"), threads);
  EXPECT_EQ(read_text(at("again.h5")), read_text(tiny->events()));
  EXPECT_EQ(EventReader(tiny->events()).size(), 600u);
  make_fragments(tiny->study.fragment, at("again.h5"), at("again-fragments.h5"), threads);
  EXPECT_EQ(read_text(at("again-fragments.h5")), read_text(tiny->fragments()));
  const Dataset data = read_dataset(tiny->fragments()).data;
  EXPECT_EQ(data.size(), 600u);
  EXPECT_EQ(data.rows, 9);
  EXPECT_EQ(data.cols, 16);
  Study other = tiny->study;
  other.seed = 6;
  make_events(other, {0, 600}, at("other.h5"), {});
  EXPECT_NE(read_text(at("other.h5")), read_text(tiny->events()));
}

TEST_F(Stages, EventsOfARangeKeepTheirNumbers) {
  make_events(tiny->study, {100, 50}, at("range.h5"), {});
  EventReader part(at("range.h5")), whole(tiny->events());
  EXPECT_EQ(part.first(), 100u);
  ASSERT_EQ(part.size(), 50u);
  whole.skip(100);
  EXPECT_EQ(part.next(50).muons, whole.next(50).muons);
}

TEST_F(Stages, WiderWindowsKeepMoreMuonsAndTheWholeImageAll) {
  FragmentationConfig config;
  config.windows = {4, 32, 384};
  config.strides = {1};
  config.events = 500;
  make_fragmentation(config, tiny->study.fragment, tiny->events(), at("fragmentation.json"), {});
  const Json result = body("fragmentation.json", "fragmentation");
  EXPECT_EQ(result["events"], 500);
  ASSERT_EQ(result["curves"].size(), 3u);
  const auto share = [&](std::size_t i) { return result["curves"][i]["half_contained"].get<double>(); };
  EXPECT_EQ(result["curves"][1]["window_cols"], 32);
  EXPECT_LT(share(0), share(1));
  EXPECT_LE(share(1), share(2));
  EXPECT_EQ(share(2), 1);
  EXPECT_GT(share(1), 0.8);
  std::int64_t events = 0;
  for (const char* kind : {"muon", "empty"})
    for (const Json& count : result["hits"][kind]) events += count.get<std::int64_t>();
  EXPECT_EQ(events, 500);
  EXPECT_EQ(result["hits"]["bins"].size(), result["hits"]["muon"].size() + 1);
}

TEST_F(Stages, ANetworkThatAcceptsAllAndOneThatAcceptsNone) {
  const MetricsConfig config;
  make_metrics(config, {tiny->accepts_all(), tiny->fragments(), {}}, at("metrics.json"), {});
  const Json all = body("metrics.json", "metrics");
  EXPECT_FALSE(all.contains("teacher"));
  for (const char* key : {"plateau", "plateau_all_eta", "fake_rate", "leakage_below_7gev"})
    EXPECT_EQ(all["student"][key], 1) << key;
  const Dataset test = select(read_dataset(tiny->fragments()).data, Split::test);
  EXPECT_EQ(all["student"]["events"], test.size());
  make_metrics(config, {tiny->accepts_none(), tiny->fragments(), tiny->accepts_all()}, at("metrics.json"), {});
  const Json none = body("metrics.json", "metrics");
  for (const char* key : {"plateau", "plateau_all_eta", "fake_rate", "leakage_below_7gev"})
    EXPECT_EQ(none["student"][key], 0) << key;
  EXPECT_EQ(none["teacher"], all["student"]);
}

TEST_F(Stages, AThresholdBelowTheAnswerAccepts) {
  MetricsConfig config;
  config.threshold_gev = 7;
  make_metrics(config, {tiny->accepts_none(), tiny->fragments(), {}}, at("metrics.json"), {});
  EXPECT_EQ(body("metrics.json", "metrics")["student"]["plateau"], 1);
  EXPECT_EQ(read_json_artifact(at("metrics.json"), metrics_kind).config["metrics"]["threshold_gev"], 7);
}

TEST_F(Stages, ANetworkOfOtherInputsIsRefused) {
  Dataset narrow = read_dataset(tiny->fragments()).data;
  narrow.cols = 8;
  write_network(at("narrow.json"), TinyStudy::network(narrow, 1, 0), Json::object());
  EXPECT_THROW(make_metrics({}, {at("narrow.json"), tiny->fragments(), {}}, at("x.json"), {}), Error);
  EXPECT_THROW(make_chain(tiny->study, {}, at("narrow.json"), at("x"), {}), Error);
  EXPECT_FALSE(fs::exists(at("x.json")));
  EXPECT_FALSE(fs::exists(at("x")));
}

TEST_F(Stages, ReferencesAreMeasuredOnTheSameTestEvents) {
  make_references({}, tiny->events(), tiny->fragments(), at("references.json"), {});
  const Json references = body("references.json", "references");
  const auto test = select(read_dataset(tiny->fragments()).data, Split::test).size();
  for (const char* key : {"coincidence", "deltas", "true_fit"}) {
    EXPECT_EQ(references[key]["events"], test) << key;
    EXPECT_GT(references[key]["plateau"], references[key]["leakage_below_7gev"]) << key;
  }
  EXPECT_EQ(references["true_fit"]["label"], "Fit of the true hits");
  make_events(tiny->study, {0, 599}, at("fewer.h5"), {});
  EXPECT_NE(error_of([] {
              make_references({}, at("fewer.h5"), tiny->fragments(), at("x.json"), {});
            }).find("was not made from"),
            std::string::npos);
}

TEST_F(Stages, DisplaysShowTestEventsWithTheirHits) {
  const EvaluationInputs inputs{tiny->accepts_all(), tiny->fragments(), tiny->accepts_none()};
  make_displays(6, tiny->events(), inputs, at("displays.json"), {});
  const Json displays = body("displays.json", "displays");
  EXPECT_EQ(displays["shape"], (Json{{"layers", 9}, {"strips", 384}}));
  EXPECT_EQ(displays["window_cols"], 32);
  ASSERT_EQ(displays["events"].size(), 6u);
  const Dataset data = read_dataset(tiny->fragments()).data;
  std::vector<std::string> titles;
  for (const Json& event : displays["events"]) {
    const auto index = event["event"].get<std::size_t>();
    titles.push_back(event["title"]);
    EXPECT_EQ(data.split[index], Split::test);
    EXPECT_EQ(event["window_start"], data.window_start[index]);
    EXPECT_EQ(event["truth"].is_null(), data.truth[2 * index] == 0);
    EXPECT_EQ(event["pixels"].size(), 9u);
    EXPECT_EQ(event["predictions"][0]["name"], "Student");
    EXPECT_NEAR(event["predictions"][0]["pt_gev"].get<double>(), 12.5, 1e-9);
    EXPECT_NEAR(event["predictions"][1]["pt_gev"].get<double>(), 7.8125, 1e-9);
    double pixels = 0, hits = 0;
    for (const Json& row : event["pixels"])
      for (const Json& pixel : row) pixels += pixel.get<double>();
    for (const Json& hit : event["hits"]) {
      const int strip = hit[1].get<int>() - event["window_start"].get<int>();
      hits += strip >= 0 && strip < 32;
    }
    EXPECT_EQ(2 * pixels, hits) << "pixels are means of two strips";
  }
  for (const char* title : {"High pT muon", "No muon, accepted", "Low pT muon, accepted"})
    EXPECT_EQ(std::ranges::count(titles, title) > 0, true) << title;
  for (const char* title : {"High pT muon, lost", "No muon"}) EXPECT_EQ(std::ranges::count(titles, title), 0) << title;
  make_events(tiny->study, {0, 599}, at("fewer.h5"), {});
  EXPECT_THROW(make_displays(1, at("fewer.h5"), inputs, at("x.json"), {}), Error);
}

TEST_F(Stages, FirmwareIsCompiledVerifiedAndSynthesised) {
  make_rtl({}, tiny->counting(), at("rtl"), {});
  const Design design = read_design(at("rtl")).design;
  EXPECT_EQ(design.inputs, 9 * 16);
  ASSERT_EQ(design.outputs.size(), 2u);
  const Program program = parse_program(read_text(at("rtl") / "network.ir"), "network.ir");
  std::vector<std::int64_t> event(9 * 16, 0);
  event[0] = event[20] = event[143] = 2;  // three pixels of 1: 3 / 64
  EXPECT_EQ(interpret(program, event), (std::vector<std::int64_t>{12, 128}));

  VerifyConfig few;
  few.events = 50;
  few.random_events = 100;
  make_verification(few, {tiny->counting(), at("rtl"), tiny->fragments(), true}, at("verify.json"), {});
  const Json verified = body("verify.json", "verify");
  EXPECT_EQ(verified["mismatches"], 0);
  EXPECT_EQ(verified["proof"]["verdict"], "proved");
  EXPECT_GE(verified["events"], 150);
  EXPECT_THROW(make_verification(few, {tiny->accepts_all(), at("rtl"), tiny->fragments()}, at("x.json"), {}), Error);

  make_synthesis(at("rtl"), {}, at("synth.json"), {});
  const Json synthesis = body("synth.json", "synth");
  EXPECT_GT(synthesis["lut"], 100);  // a sum of 144 numbers of two bits
  EXPECT_LT(synthesis["lut"], 500);
  EXPECT_EQ(synthesis["latency_cycles"], design.latency_cycles);
  EXPECT_FALSE(synthesis.contains("proof"));
}

TEST_F(Stages, AStudentOfOneLayerIsTrainedTheSameOnAnyThreads) {
  StudentConfig config;
  config.distill.enabled = false;
  LayerConfig last;
  last.op = "dense";
  last.channels = 0;
  config.layer = {last};
  config.float_epochs = 1;
  config.train.epochs = 2;
  config.train.batch_events = 64;
  make_student(config, tiny->fragments(), {}, at("student"), {});
  Context threads;
  threads.compute.threads = 3;
  make_student(config, tiny->fragments(), {}, at("student3"), threads);
  EXPECT_EQ(read_text(at("student") / "network.json"), read_text(at("student3") / "network.json"));
  const Network network = read_network(at("student") / "network.json").network;
  EXPECT_EQ(network.layers.back().out_channels, 2);
  EXPECT_EQ(network.targets, read_dataset(tiny->fragments()).data.targets);
  EXPECT_TRUE(fs::exists(at("student") / "history.json"));
}

TEST_F(Stages, AGuideIsThereWhenItIsWanted) {
  const Dataset data = read_dataset(tiny->fragments()).data;
  StudentConfig config;
  config.distill.enabled = false;
  EXPECT_EQ(guide_for(config, tiny->counting(), data, {}), nullptr);
  config.distill.enabled = true;
  EXPECT_NE(guide_for(config, tiny->counting(), data, {}), nullptr);
  EXPECT_NE(error_of([&] { guide_for(config, {}, data, {}); }).find("distillation needs a teacher"), std::string::npos);
}

TEST_F(Stages, RoadsNeedATeacherOnlyForItsShare) {
  const Dataset data = read_dataset(tiny->fragments()).data;
  RoadConfig config;
  config.roads = 4;
  config.truth_share = 0.5;
  EXPECT_NE(error_of([&] { train_road_network(config, data, {}, at("roads"), {}); }).find("learn from a teacher too"),
            std::string::npos);
  config.truth_share = 1;
  const Network network = train_road_network(config, data, {}, at("roads"), {});
  EXPECT_EQ(network_to_json(read_network(at("roads") / "network.json").network), network_to_json(network));
}

TEST_F(Stages, JudgingIsMetricsAndCost) {
  const Dataset test = select(read_dataset(tiny->fragments()).data, Split::test);
  CompileOptions options;
  options.clock_ns = 4;
  const Judged judged = judge(read_network(tiny->counting()).network, test, {}, options, {});
  make_metrics({}, {tiny->counting(), tiny->fragments(), {}}, at("metrics.json"), {});
  EXPECT_EQ(metrics_to_json(judged.metrics), body("metrics.json", "metrics")["student"]);
  EXPECT_GT(judged.lut_estimate, 100);
  EXPECT_GT(judged.ff_estimate, 0);
  EXPECT_EQ(judged.latency_ns, 4.0 * judged.latency_cycles);
  Judged synthesised = judged;
  synthesised.cells = CellCounts{};
  synthesised.cells->lut_by_size[3] = 77;
  const Json estimate = judged_to_json(judged), counted = judged_to_json(synthesised);
  EXPECT_EQ(estimate["cost"], judged.lut_estimate);
  EXPECT_TRUE(estimate["lut"].is_null());
  EXPECT_EQ(counted["cost"], 77);
  EXPECT_EQ(counted["lut"], 77);
  EXPECT_EQ(counted["lut_estimate"], judged.lut_estimate);
  EXPECT_EQ(estimate["plateau"], judged.metrics.plateau.value);
  EXPECT_EQ(estimate["test_events"], test.size());
}

TEST_F(Stages, RowsOfNetworks) {
  const Json fixed = entry_of({"Student, 4 bit", "student", "fixed", 4, "float"}, {1, 9, 16});
  EXPECT_EQ(fixed["input"], "9x16");
  EXPECT_EQ(fixed["bits"], 4);
  EXPECT_EQ(fixed["distilled"], true);
  const Json ternary = entry_of({"Student, ternary", "student", "ternary", 0, "none"}, {1, 9, 16});
  EXPECT_TRUE(ternary["bits"].is_null());
  EXPECT_EQ(ternary["distilled"], false);
  // 144 inputs of two bits times weights of one bit: 288 operations.
  const Json scaled = scaled_hardware(1000, read_network(tiny->counting()).network, 576);
  EXPECT_EQ(scaled["lut"], 2000);
  EXPECT_EQ(scaled["estimated"], true);
  EXPECT_NE(scaled["flow"].get<std::string>().find("2.00 LUT per effective bit operation"), std::string::npos);
}

}  // namespace
}  // namespace lutra
