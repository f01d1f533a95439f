#include "import/import_split.h"

#include <algorithm>

#include "import/import_fixture.test.h"

namespace lutra {
namespace {

std::ptrdiff_t count(const std::vector<Split>& split, Split which) {
  return std::count(split.begin(), split.end(), which);
}

std::vector<Split> make_split(const ImportConfig& config, const std::vector<int>& part_of_event, int parts) {
  const ImportSplitter splitter(config, parts, part_of_event.size());
  std::vector<Split> split;
  for (const int part : part_of_event) split.push_back(splitter(split.size(), part));
  return split;
}

class ImportSplit : public ImportTest {
 protected:
  Dataset run(const std::string& csv) const { return import_data(config, {write("t.csv", csv)}, no_progress).data; }
  std::string error(const std::string& csv) const {
    return message_of([&] { run(csv); }, folder);
  }
  ImportSplit() {
    config.inputs = "x";
    config.targets = {{"y", "", "", 0, 1}};
  }
  ImportConfig config;
};

TEST_F(ImportSplit, RandomFollowsTheFractions) {
  const auto split = make_split(config, std::vector<int>(20000, 0), 1);
  // four standard deviations of the binomial distribution
  EXPECT_NEAR(static_cast<double>(count(split, Split::train)), 13000, 4 * 67.5);
  EXPECT_NEAR(static_cast<double>(count(split, Split::validation)), 2000, 4 * 42.5);
  ImportConfig other = config;
  other.split_seed = 2;
  EXPECT_NE(make_split(other, std::vector<int>(20000, 0), 1), split);
}

TEST_F(ImportSplit, InOrderIsExact) {
  config.split = "in_order";
  config.train = 0.6, config.validation = 0.3;
  std::vector<Split> expected(6, Split::train);
  expected.insert(expected.end(), 3, Split::validation);
  expected.push_back(Split::test);
  EXPECT_EQ(make_split(config, std::vector<int>(10, 0), 1), expected);
}

TEST_F(ImportSplit, PartsAreTrainAndTest) {
  config.split = "parts";
  std::vector<int> part(1000, 0);
  part.resize(1100, 1);
  const auto two = make_split(config, part, 2);
  EXPECT_EQ(count(two, Split::test), 100);
  EXPECT_NEAR(static_cast<double>(count(two, Split::validation)), 100, 40);
  part.resize(1150, 2);
  const auto three = make_split(config, part, 3);
  EXPECT_EQ(count(three, Split::train), 1000);
  EXPECT_EQ(count(three, Split::validation), 100);
  EXPECT_EQ(count(three, Split::test), 50);
  EXPECT_NE(message_of([&] { make_split(config, part, 1); }).find("needs inputs of 2 or 3 parts"), std::string::npos);
}

TEST_F(ImportSplit, ColumnHoldsNamesOrNumbers) {
  config.split = "column";
  config.split_from = "s";
  const Dataset data = run("x,y,s\n0,0,train\n0,0,val\n0,0,2\n0,0,test\n0,0,0\n");
  EXPECT_EQ(data.split, (std::vector<Split>{Split::train, Split::validation, Split::test, Split::test, Split::train}));
  EXPECT_EQ(error("x,y,s\n0,0,3\n"),
            "t.csv line 2, column 3 (\"s\"): 3 is not a split (0 is train, 1 validation, 2 test).");
  EXPECT_NE(error("x,y,s\n0,0,dev\n").find("\"dev\" is not a number and not one of"), std::string::npos);
}

TEST_F(ImportSplit, PartsOfEveryRequestMustAgree) {
  config.inputs = "x+x2";
  EXPECT_EQ(error("x,x2,y\n0,0,0\n"),
            "import: target \"y\" has 1 parts (inputs has 2). Join the same number of parts by + everywhere.");
  config.targets[0].from = "y+y";
  config.split = "parts";
  const Dataset data = run("x,x2,y\n0,0.5,1\n");
  EXPECT_EQ(data.inputs, (std::vector<std::int16_t>{0, 128}));
  EXPECT_EQ(data.split[1], Split::test);
}

TEST_F(ImportSplit, ImpossibleConfigurationsAreErrors) {
  const auto broken = [&](const std::function<void(ImportConfig&)>& change) {
    ImportConfig copy = config;
    change(copy);
    return message_of([&] { check(copy); });
  };
  EXPECT_EQ(broken([](ImportConfig&) {}), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.inputs.clear(); }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.targets.clear(); }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.classes = "a,b", c.class_from = "c"; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.targets.clear(), c.classes = "a,b"; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.targets.clear(), c.class_from = "c"; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.targets.push_back(c.targets[0]); }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.targets[0].lo = 2; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.train = 0.95; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.rows = 3; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.split = "column"; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.split_from = "s"; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.input_format = "u16.8"; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.input_format = "s17.8"; }), "");
  EXPECT_NE(broken([](ImportConfig& c) { c.input_scale.clear(); }), "");
}

TEST_F(ImportSplit, TheConfigurationRoundTrips) {
  config.targets.push_back({"eta", "", "e", -1, 1});
  const Json json = config_to_json([&](Fields& f) { describe(f, config); });
  ImportConfig copy;
  config_from_json(json, "test", [&](Fields& f) { describe(f, copy); });
  EXPECT_EQ(config_to_json([&](Fields& f) { describe(f, copy); }), json);
  EXPECT_EQ(copy.targets[1].from, "e");
}

}  // namespace
}  // namespace lutra
