#include "import/import.h"

#include <algorithm>
#include <numeric>

#include "import/import_fixture.test.h"

namespace lutra {
namespace {

class Import : public ImportTest {
 protected:
  Import() {
    config.inputs = "a,b";
    config.input_format = "s8.4";
    config.targets = {{"y", "GeV", "", 0, 10}};
  }
  std::string error(const std::string& csv) const {
    return message_of([&] { run(csv); }, folder);
  }
  Imported run(const std::string& csv) const { return import_data(config, {write("t.csv", csv)}, no_progress); }

  ImportConfig config;
};

TEST_F(Import, ReadsColumnsByName) {
  config.weights = "w";
  config.keep = "phi";
  const Imported imported = run("a,phi,b,y,w\n1,0.5,-2,3,1\n0.25,-0.5,7.9375,10,0\n");
  const Dataset& data = imported.data;
  EXPECT_EQ(data.rows, 1);
  EXPECT_EQ(data.cols, 2);
  EXPECT_EQ(data.inputs, (std::vector<std::int16_t>{16, -32, 4, 127}));
  EXPECT_EQ(data.truth, (std::vector<float>{3, 10}));
  EXPECT_EQ(data.targets, (std::vector<Target>{{"y", "GeV", 0, 10, 0}}));
  EXPECT_EQ(data.window_start, (std::vector<std::int32_t>{0, 0}));
  ASSERT_TRUE(find_column(data, "weight"));
  EXPECT_EQ(find_column(data, "weight")->values, (std::vector<float>{1, 0}));
  EXPECT_EQ(find_column(data, "phi")->values, (std::vector<float>{0.5f, -0.5f}));
  EXPECT_EQ(imported.report.inputs.below + imported.report.inputs.above, 0u);
}

TEST_F(Import, WithoutAHeaderColumnsAreNumbered) {
  config.inputs = "0..1";
  config.targets[0].from = "2";
  EXPECT_EQ(run("1,2,3\n4,5,6\n").data.truth, (std::vector<float>{3, 6}));
}

TEST_F(Import, FeaturesCanBeArrangedAsAnImage) {
  config.inputs = "p*";
  config.rows = 2, config.cols = 3;
  const Dataset data = run("p1,p2,p3,p4,p5,p6,y\n1,2,3,4,5,6,7\n").data;
  EXPECT_EQ(data.rows, 2);
  EXPECT_EQ(data.cols, 3);
  config.cols = 2;
  EXPECT_EQ(error("p1,p2,p3,p4,p5,p6,y\n1,2,3,4,5,6,7\n"),
            "import: 2 x 2 inputs are configured (the data have 6). Change rows and cols.");
}

TEST_F(Import, FilesWithTheSameColumnsFollowEachOther) {
  const Dataset data =
      import_data(config, {write("1.csv", "a,b,y\n1,1,1\n"), write("2.csv", "y,b,a\n2,3,4\n")}, no_progress).data;
  EXPECT_EQ(data.truth, (std::vector<float>{1, 2}));
  EXPECT_EQ(data.inputs, (std::vector<std::int16_t>{16, 16, 64, 48}));
}

TEST_F(Import, ArraysMayComeFromDifferentFiles) {
  config.inputs = "x";
  const auto x = write("x.npy", npy("<f4", "(2, 3, 2)", bytes_of<float>({0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3})));
  const Dataset data = import_data(config, {x, write("labels.csv", "y\n5\n6\n")}, no_progress).data;
  EXPECT_EQ(data.rows, 3);
  EXPECT_EQ(data.cols, 2);
  EXPECT_EQ(data.inputs[7], 7 * 16);
  EXPECT_EQ(data.truth, (std::vector<float>{5, 6}));
}

TEST_F(Import, DifferentLengthsAreAnError) {
  config.inputs = "x";
  const auto x = write("x.npy", npy("<f4", "(2, 2)", bytes_of<float>({0, 1, 2, 3})));
  const auto run_with = [&](const std::filesystem::path& labels) {
    return message_of([&] { import_data(config, {x, labels}, no_progress); }, folder);
  };
  EXPECT_EQ(
      run_with(write("labels.csv", "y\n5\n6\n7\n")),
      "the arrays have different numbers of rows (x.npy row 2, element [0] is missing, labels.csv line 4, column 1 "
      "(\"y\") is there). Give arrays with one row per event.");
  EXPECT_NE(run_with(write("short.csv", "y\n5\n")).find("short.csv line 3, column 1 (\"y\") is missing, x.npy row 1"),
            std::string::npos);
  EXPECT_EQ(run_with(write("y.npy", npy("<f4", "(3,)", bytes_of<float>({0, 1, 2})))),
            "import: the arrays have different numbers of rows (\"y\" has 3, \"x\" has 2). Give arrays with one row "
            "per event.");
}

TEST_F(Import, OneChannelImagesLoseTheirChannel) {
  config.inputs = "x";
  const auto y = write("y.npy", npy("<f4", "(1,)", bytes_of<float>({1})));
  const std::string data = bytes_of<float>({1, 2, 3, 4, 5, 6});
  for (const char* shape : {"(1, 1, 2, 3)", "(1, 2, 3, 1)", "(1, 2, 3)"}) {
    const Dataset d = import_data(config, {write("x.npy", npy("<f4", shape, data)), y}, no_progress).data;
    EXPECT_EQ(std::pair(d.rows, d.cols), std::pair(2, 3)) << shape;
  }
  const auto two = write("x.npy", npy("<f4", "(1, 2, 3, 2)", data + data));
  EXPECT_NE(message_of([&] {
              import_data(config, {two, y}, no_progress);
            }).find("Images of several channels"),
            std::string::npos);
}

TEST_F(Import, ClassesByNameIndexAndOneHotAgree) {
  config.targets.clear();
  config.classes = "noise, muon";
  config.class_from = "c";
  const std::vector<float> expected{0, 1, 1, 0};
  const Dataset data = run("a,b,c\n1,1,muon\n1,1,noise\n").data;
  EXPECT_EQ(data.truth, expected);
  EXPECT_EQ(data.targets, (std::vector<Target>{{"noise", "", 0, 1, 0}, {"muon", "", 0, 1, 0}}));
  EXPECT_EQ(run("a,b,c\n1,1,1\n1,1,0\n").data.truth, expected);
  config.class_from = "c,d";
  EXPECT_EQ(run("a,b,c,d\n1,1,0,1\n1,1,1,0\n").data.truth, expected);
  config.class_from = "c";
  config.classes = "3,7";
  EXPECT_EQ(run("a,b,c\n1,1,7\n1,1,3\n").data.truth, expected);
}

TEST_F(Import, WrongClassesAreErrors) {
  config.targets.clear();
  config.classes = "noise,muon";
  config.class_from = "c";
  EXPECT_EQ(error("a,b,c\n1,1,muon\n1,1,pion\n"),
            "t.csv line 3, column 3 (\"c\"): \"pion\" is not a number and not one of \"muon\" \"noise\".");
  EXPECT_EQ(error("a,b,c\n1,1,2\n"),
            "t.csv line 2, column 3 (\"c\"): 2 is not a class (the classes are noise, muon, or 0 to 1).");
  config.class_from = "c,d";
  EXPECT_EQ(error("a,b,c,d\n1,1,1,1\n"),
            "t.csv line 2, column 3 (\"c\"): the classes are not one-hot (one number must be 1, the others 0).");
  config.class_from = "a,c,d";
  EXPECT_NE(error("a,b,c,d\n1,1,1,0\n").find("class_from selects 3 numbers per event"), std::string::npos);
  for (const char* classes : {"muon", "muon,", "muon,muon"}) {
    config.classes = classes;
    EXPECT_NE(error("a,b,c,d\n1,1,1,0\n"), "") << classes;
  }
}

TEST_F(Import, BadRowsAreNamed) {
  EXPECT_EQ(error("a,b,y\n1,2,3\n1,2\n"),
            "t.csv line 3 is ragged (2 columns instead of 3). Every row needs a field for every column.");
  EXPECT_EQ(error("a,b,y\n1,2x,3\n"), "t.csv line 2, column 2 (\"b\"): \"2x\" is not a number.");
  EXPECT_EQ(error("a,b,y\n1,,3\n"),
            "t.csv line 2, column 2 (\"b\") is empty (missing values cannot be learned from). Fill or remove the row.");
  EXPECT_EQ(error("a,b,y\n1,nan,3\n"),
            "t.csv line 2, column 2 (\"b\") is not a number (NaN). Remove the row or repair the value.");
  EXPECT_EQ(error("a,b,y\n1,2,-inf\n"),
            "t.csv line 2, column 3 (\"y\") is infinite. Remove the row or repair the value.");
  EXPECT_EQ(error("a,b,y\n1,2,1e300\n"),
            "t.csv line 2, column 3 (\"y\") is beyond 3.4e38. Remove the row or repair the value.");
  EXPECT_EQ(error("a,b,y\n1,2,1e999\n"), "t.csv line 2, column 3 (\"y\"): \"1e999\" is not a number.");
}

TEST_F(Import, NotANumberInAnArrayIsNamed) {
  config.inputs = "x";
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto x = write("x.npy", npy("<f4", "(2, 2, 2)", bytes_of<float>({0, 1, 2, 3, 4, 5, nan, 7})));
  const auto y = write("y.npy", npy("<f4", "(2,)", bytes_of<float>({0, 1})));
  EXPECT_EQ(message_of(
                [&] {
                  import_data(config, {x, y}, no_progress);
                },
                folder),
            "x.npy row 1, element [1, 0] is not a number (NaN). Remove the row or repair the value.");
}

TEST_F(Import, UnknownNamesListTheKnownOnes) {
  EXPECT_EQ(error("a,c,y\n1,2,3\n"), "import: inputs names \"b\", which is not in the data. There are: a, c, y.");
  config.targets[0].from = "z";
  EXPECT_EQ(error("a,b,y\n1,2,3\n"), "import: target \"y\" names \"z\", which is not in the data. There are: a, b, y.");
}

TEST_F(Import, ClippingIsReportedAndLimited) {
  config.max_clipped = 0.75;
  const Imported imported = run("a,b,y\n9,0.03125,1\n-9,8,2\n");
  EXPECT_EQ(imported.data.inputs, (std::vector<std::int16_t>{127, 0, -128, 127}));
  const ClipReport& clip = imported.report.inputs;
  EXPECT_EQ(clip.below, 1u);
  EXPECT_EQ(clip.above, 2u);  // 8 is one step above the largest value
  EXPECT_EQ(clip.rounded, 1u);
  EXPECT_EQ(clip.largest_rounding, 0.03125);
  EXPECT_EQ(clip.clipped, (std::vector<std::uint64_t>{2, 1}));
  EXPECT_EQ(std::pair(clip.lo, clip.hi), std::pair(-9.0, 9.0));
  config.max_clipped = 0.4;
  EXPECT_EQ(error("a,b,y\n9,0,1\n-9,0,2\n"),
            "import: 50 % of the inputs lie outside s8.4 (they range from -9 to 9; max_clipped allows 40 %). Choose "
            "input_format, input_scale and input_offset so that they fit.");
}

TEST_F(Import, InputsAreScaled) {
  config.input_scale = {0.5, 2};
  config.input_offset = {1, -1};
  EXPECT_EQ(run("a,b,y\n2,3,1\n").data.inputs, (std::vector<std::int16_t>{32, 80}));
  config.input_scale = {1, 2, 3};
  EXPECT_NE(error("a,b,y\n2,3,1\n").find("input_scale has 3 entries (there are 2 inputs)"), std::string::npos);
}

TEST_F(Import, TargetRangesComeFromTheDataWhenNotDeclared) {
  config.targets[0].hi = 0;
  const Imported imported = run("a,b,y\n0,0,-3\n0,0,5\n0,0,1\n");
  EXPECT_EQ(imported.data.targets[0].lo, -3);
  EXPECT_EQ(imported.data.targets[0].hi, 5);
  EXPECT_NE(error("a,b,y\n0,0,2\n0,0,2\n").find("is the same in all events"), std::string::npos);
}

TEST_F(Import, TargetsOutsideTheDeclaredRangeAreCounted) {
  EXPECT_EQ(run("a,b,y\n0,0,-3\n0,0,5\n0,0,11\n").report.targets[0].outside, 2u);
}

TEST_F(Import, WeightsMustNotBeNegative) {
  config.weights = "w";
  EXPECT_EQ(error("a,b,y,w\n1,1,1,-1\n"), "t.csv line 2, column 4 (\"w\") is negative (weights are at least 0).");
  config.weights = "w,a";
  EXPECT_NE(error("a,b,y,w\n1,1,1,1\n").find("weights selects 2 numbers per event"), std::string::npos);
}

TEST_F(Import, ProgressMayStopIt) {
  const auto stop = [](std::string_view, std::uint64_t, std::uint64_t) { throw Interrupted(); };
  EXPECT_THROW(import_data(config, {write("t.csv", "a,b,y\n1,1,1\n")}, stop), Interrupted);
}

TEST_F(Import, TheFileTellsWhereItCameFrom) {
  const Imported imported = run("a,b,y\n1,-2,3\n0.25,7,10\n");
  EXPECT_EQ(imported.config["files"][0]["name"], "t.csv");
  EXPECT_EQ(imported.config["import"]["inputs"], "a,b");
  EXPECT_EQ(imported.config["targets"][0]["hi"], 10);
}

TEST_F(Import, AFailureLeavesNoFile) {
  const auto out = folder / "data.h5";
  EXPECT_NE(message_of([&] { import_to_file(config, {write("t.csv", "a,b,y\n1,1,1\n1,nan,1\n")}, out, no_progress); }),
            "");
  EXPECT_FALSE(std::filesystem::exists(out));
}

/// Larger than a block of rows and than a block of the file.
TEST_F(Import, BlocksDoNotShow) {
  std::string csv = "a,b,y\n";
  constexpr int rows = 200'000;
  for (int i = 0; i < rows; ++i)
    csv += std::to_string(i % 8) + "," + std::to_string(i % 5) + "," + std::to_string(i) + "\n";
  config.split = "in_order";
  config.targets[0].hi = 0;
  const Imported imported = run(csv);
  ASSERT_EQ(imported.data.size(), rows);
  EXPECT_EQ(imported.report.events, rows);
  EXPECT_EQ(imported.data.targets[0].hi, rows - 1);
  for (int i = 0; i < rows; i += 999) {
    const auto at = static_cast<std::size_t>(i);
    ASSERT_EQ(imported.data.inputs[2 * at], i % 8 * 16);
    ASSERT_EQ(imported.data.inputs[2 * at + 1], i % 5 * 16);
    ASSERT_EQ(imported.data.truth[at], static_cast<float>(i));
    ASSERT_EQ(imported.data.split[at], i < 0.65 * rows   ? Split::train
                                       : i < 0.75 * rows ? Split::validation
                                                         : Split::test);
  }
}

TEST_F(Import, TextForPeopleSaysWhatWasLost) {
  config.max_clipped = 1;
  const std::string text = import_text(run("a,b,y\n9,0,1\n-9,0,20\n").report);
  EXPECT_NE(text.find("2 events"), std::string::npos) << text;
  EXPECT_NE(text.find("clipped: 2 of 4 inputs (50 %), 1 below and 1 above"), std::string::npos) << text;
  EXPECT_NE(text.find("most often: input 0 (2 times)"), std::string::npos) << text;
  EXPECT_NE(text.find("target y: from 1 to 20, 1 events outside"), std::string::npos) << text;
}

}  // namespace
}  // namespace lutra
