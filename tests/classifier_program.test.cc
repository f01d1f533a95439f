#include <gtest/gtest.h>

#include <bit>
#include <filesystem>

#include "base/artifact.h"
#include "lutra_run.h"
#include "model/network.h"

/// A classifier from the outside: somebody's own table, a network that ends in argmax, firmware.
namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Four by two pixels, which of the two rows has more hits, and a weight: each picture several times.
std::string pictures() {
  std::string csv = "side,weight";
  for (int i = 0; i < 8; ++i) csv += ",p" + std::to_string(i);
  csv += "\n";
  for (unsigned picture = 0; picture < 12 * 256; ++picture) {
    const int top = std::popcount(picture & 15), bottom = std::popcount(picture >> 4 & 15);
    if (top == bottom) continue;
    csv += std::string(top > bottom ? "top" : "bottom") + "," + std::to_string(1 + picture % 2);
    for (int i = 0; i < 8; ++i) csv += picture >> i & 1 ? ",1" : ",0";
    csv += "\n";
  }
  return csv;
}

const char* const pictures_study = R"(
[student]
float_epochs = 10
distill.enabled = false
task.value_weight = 0
task.classify_weight = 1
train.epochs = 20
train.batch_events = 64
[[student.layer]]
op = "dense"
channels = 6
[[student.layer]]
op = "dense"
channels = 0
)";

// Import, training, export, evaluation and firmware of a classifier.
TEST(ClassifierProgram, AnswersWithAClassInFirmwareToo) {
  const fs::path folder = fs::path(testing::TempDir()) / "lutra_classifier_program_test";
  fs::remove_all(folder);
  const auto at = [&](const char* name) { return (folder / name).string(); };
  write_text_atomically(folder / "pictures.csv", pictures());
  write_text_atomically(folder / "import.toml",
                        "inputs = \"p*\"\nrows = 2\ncols = 4\ninput_format = \"u1.0\"\nclasses = \"top,bottom\"\n"
                        "class_from = \"side\"\nweights = \"weight\"\n");
  write_text_atomically(folder / "study.toml", pictures_study);
  const std::vector<std::vector<std::string>> steps = {
      {"import", at("import.toml"), at("pictures.csv"), "--out", at("data.h5")},
      {"distill", at("study.toml"), "--data", at("data.h5"), "--out", at("student")},
      {"evaluate", at("student/network.json"), "--data", at("data.h5"), "--out", at("metrics.json")},
      {"compile", at("student/network.json"), "--out", at("rtl")},
      {"verify", at("student/network.json"), at("rtl"), "--data", at("data.h5")},
  };
  for (const auto& step : steps) {
    const ProcessResult result = lutra_run(step);
    ASSERT_EQ(result.status, 0) << step[0] << ": " << result.output;
  }
  const Json student = read_json(folder / "metrics.json")["student"];
  EXPECT_EQ(student["classes"], (Json{"top", "bottom"}));
  EXPECT_GT(student["accuracy"], 0.95);
  EXPECT_EQ(read_network(folder / "student/network.json").network.layers.back().op, Op::argmax);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace lutra
