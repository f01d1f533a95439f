#include "inspect/inspect.h"

#include <algorithm>

#include "event/dataset_file.h"
#include "event/events_file.h"
#include "import/import_fixture.test.h"
#include "inspect/summary.h"
#include "model/network.h"
#include "model/published_student.h"

namespace lutra {
namespace {

class Inspect : public ImportTest {
 protected:
  void damage(const std::filesystem::path& path, std::size_t at) const {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(static_cast<std::streamoff>(at));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(byte ^ 1));
  }
};

Json histogram_of(const std::vector<double>& values, double lo, double hi, int bins) {
  Histogram histogram(lo, hi, bins);
  for (const double value : values) histogram.add(value);
  return histogram.to_json();
}

EventBatch two_events() {
  EventBatch batch;
  batch.hits = {Hit(0, HitOrigin::muon), Hit(384, HitOrigin::muon), Hit(500, HitOrigin::cavern),
                Hit(3455, HitOrigin::electronic)};
  batch.hit_begin = {0, 3, 4};
  batch.muons = {{12.5f, 0.5f, 1.0f, -1}};
  batch.muon_begin = {0, 1, 1};
  return batch;
}

TEST_F(Inspect, EventsAreCounted) {
  const auto path = folder / "events.h5";
  write_events(path, {}, 0, Json{{"seed", 7}}, [](EventWriter& writer) { writer.append(two_events()); });
  const Json found = inspect(path);
  EXPECT_EQ(found["kind"], "events");
  EXPECT_EQ(found["checksum"], "ok");
  EXPECT_EQ(found["config"]["seed"], 7);
  const Json& content = found["content"];
  EXPECT_EQ(content["events"], 2);
  EXPECT_EQ(content["hits_per_event"], (Json{{"lo", 1.0}, {"hi", 3.0}, {"mean", 2.0}}));
  EXPECT_EQ(content["hits_by_origin"], (Json{{"muon", 2}, {"secondary", 0}, {"cavern", 1}, {"electronic", 1}}));
  EXPECT_EQ(content["hits_per_event_by_layer"], (Json{0.5, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5}));
  EXPECT_EQ(content["muons"]["events_by_number"], (Json{1, 1}));
  EXPECT_EQ(content["muons"]["pt_gev"]["hi"], 12.5);
  EXPECT_NE(inspect_text(found).find("hits_per_event: lo 1, hi 3, mean 2"), std::string::npos) << inspect_text(found);
  damage(path, std::filesystem::file_size(path) - 100);
  const Json damaged = inspect(path);
  EXPECT_NE(damaged["checksum"].get<std::string>().find("is damaged"), std::string::npos);
  EXPECT_FALSE(damaged.contains("content"));
}

TEST_F(Inspect, DataSetsShowTargetsOrClasses) {
  ImportConfig config;
  config.inputs = "a,b";
  config.targets = {{"y", "GeV", "", 0, 10}};
  const auto csv = write("t.csv", "a,b,y,c\n0,0.5,3,q\n0.25,0.5,9,p\n0,0,10,p\n");
  const auto path = folder / "data.h5";
  import_to_file(config, {csv}, path, no_progress);
  const Json found = inspect(path);
  EXPECT_EQ(found["kind"], "fragments");
  EXPECT_EQ(found["content"]["events"], 3);
  EXPECT_EQ(found["content"]["shape"], (Json{1, 2}));
  EXPECT_EQ(found["content"]["inputs"]["counts"], (Json{{"0.0", 3}, {"0.25", 1}, {"0.5", 2}}));
  EXPECT_EQ(found["content"]["targets"]["y"]["values"]["hi"], 10.0);
  EXPECT_EQ(found["content"]["targets"]["y"]["histogram"]["counts"], (Json{1, 0, 0, 0, 0, 0, 0, 0, 1, 1}));
  EXPECT_EQ(found["config"]["files"][0]["name"], "t.csv");
  EXPECT_NE(inspect_text(found).find("unit: GeV"), std::string::npos);
  config.targets.clear();
  config.classes = "p,q";
  config.class_from = "c";
  import_to_file(config, {csv}, path, no_progress);
  EXPECT_EQ(inspect(path)["content"]["classes"], (Json{{"p", 2}, {"q", 1}}));
}

TEST_F(Inspect, NetworksShowTheirLayers) {
  const auto path = folder / "network.json";
  const Network network = published_student(1);
  write_network(path, network, Json{{"bits", 4}});
  const Json found = inspect(path);
  EXPECT_EQ(found["kind"], "network");
  EXPECT_EQ(found["checksum"], "ok");
  EXPECT_EQ(found["content"]["parameters"], 1032);  // domain: the published student
  EXPECT_EQ(found["content"]["multiplications"], 6234);
  EXPECT_EQ(found["config"]["bits"], 4);
}

TEST_F(Inspect, AnyJsonArtifactIsShortened) {
  const auto path = folder / "history.json";
  Json losses = Json::array();
  for (int i = 0; i < 100; ++i) losses.push_back(100 - i);
  write_json_artifact(path, {"history", 3}, Json{{"seed", 1}}, Json{{"best", 0.5}, {"losses", losses}});
  const Json found = inspect(path);
  EXPECT_EQ(found["kind"], "history");
  EXPECT_EQ(found["version"], 3);
  EXPECT_EQ(found["content"],
            (Json{{"best", 0.5}, {"losses", {{"lo", 1.0}, {"hi", 100.0}, {"mean", 50.5}, {"count", 100}}}}));
  std::string text = read_text(path);
  text.replace(text.find("0.5"), 3, "0.6");
  write("history.json", text);
  const Json damaged = inspect(path);
  EXPECT_NE(damaged["checksum"].get<std::string>().find("is damaged"), std::string::npos);
  EXPECT_EQ(damaged["content"]["best"], 0.6);
}

TEST_F(Inspect, ForeignArraysShowShapesAndRanges) {
  const Json found = inspect(write("x.npy", npy("<f4", "(2, 2)", bytes_of<float>({1, 2, std::nanf(""), 4}))));
  EXPECT_EQ(found["kind"], "npy");
  const Json& array = found["content"]["contents"]["x"];
  EXPECT_EQ(array["type"], "float32");
  EXPECT_EQ(array["shape"], (Json{2, 2}));
  EXPECT_EQ(array["hi"], 4.0);
  EXPECT_EQ(array["nan"], 1);
  const Json csv = inspect(write("t.csv", "a,b\n1,x\n2,3\n"));
  EXPECT_EQ(csv["content"]["contents"]["a"]["shape"], (Json{2}));
  EXPECT_NE(csv["content"]["contents"]["b"]["problem"].get<std::string>().find("\"x\" is not a number"),
            std::string::npos);
}

TEST_F(Inspect, OtherFilesAreErrors) {
  EXPECT_NE(message_of([&] { inspect(folder / "none"); }).find("does not exist"), std::string::npos);
  EXPECT_NE(message_of([&] { inspect(folder); }).find("it is a folder"), std::string::npos);
  EXPECT_NE(message_of([&] { inspect(write("e", "")); }).find("is empty"), std::string::npos);
  EXPECT_NE(message_of([&] { inspect(write("j", "{\"a\": 1}")); }).find("is not a Lutra file"), std::string::npos);
  EXPECT_NE(message_of([&] { inspect(write("j", "{\"a\": ")); }).find("is not valid JSON"), std::string::npos);
  EXPECT_NE(message_of([&] { inspect(write("j", "{\"lutra\": {\"kind\": 3}}")); }), "");
  EXPECT_NE(message_of([&] { inspect(write("t", "some text\nand more\n")); }).find("no numbers"), std::string::npos);
  EXPECT_NE(message_of([&] { inspect(write("b", "\x01\x02\x03\x04")); }).find("not a data file"), std::string::npos);
}

TEST(Shortening, KeepsWhatIsSmallAndNothingUnequal) {
  EXPECT_EQ(shortened(Json{{"a", {1, 2}}, {"b", "text"}}), (Json{{"a", {1, 2}}, {"b", "text"}}));
  Json rows = Json::array();
  for (int i = 0; i < 20; ++i) rows.push_back(Json{i, i + 1});
  EXPECT_EQ(shortened(rows)["shape"], (Json{20, 2}));
  rows.push_back(Json{1});
  EXPECT_EQ(shortened(rows).size(), 17u);
  EXPECT_EQ(shortened(rows)[16], "... 5 more");
  Json mixed = Json::array({Json{1, 2}, 3});
  EXPECT_EQ(shortened(mixed), mixed);
}

TEST(InspectText, EveryKindOfValueHasALine) {
  EXPECT_EQ(inspect_text(
                Json{{"a", ""}, {"b", nullptr}, {"c", Json::array()}, {"d", {1, 2.5}}, {"e", {{"f", {{"g", {1}}}}}}}),
            "a: \"\"\nb: null\nc: -\nd: 1, 2.5\ne:\n  f:\n    g: 1\n");
  const std::string long_list = inspect_text(Json{{"a", std::vector<std::string>(30, "word")}});
  EXPECT_EQ(std::count(long_list.begin(), long_list.end(), '\n'), 31);
}

TEST(Histogram, CountsEveryValueOnce) {
  EXPECT_EQ(histogram_of({0, 0.5, 1, 2, 4, 5, -1}, 0, 4, 4),
            (Json{{"edges", {0.0, 1.0, 2.0, 3.0, 4.0}}, {"counts", {2, 1, 1, 1}}, {"below", 1}, {"above", 1}}));
  EXPECT_EQ(histogram_of({3, 3}, 3, 3, 2)["counts"], (Json{2, 0}));
  const std::string text = inspect_text(Json{{"pt", histogram_of({0, 0.5, 1, 4}, 0, 4, 2)}});
  EXPECT_NE(text.find("0 .. 2                 3 " + std::string(40, '#')), std::string::npos) << text;
}

}  // namespace
}  // namespace lutra
