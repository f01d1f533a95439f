#include <gtest/gtest.h>

#include <filesystem>

#include "base/artifact.h"

/// docs/reliability.md tells what `./dev faults` and `./dev kills` wrote to experiments/reliability.json.
namespace lutra {
namespace {

TEST(Reliability, TheDocumentHoldsTheNumbersThatWereMeasured) {
  const std::filesystem::path source = LUTRA_SOURCE_DIR;
  const std::string page = read_text(source / "docs/reliability.md");
  const Json measured = read_json(source / "experiments/reliability.json");
  ASSERT_FALSE(measured.empty());
  for (const auto& [name, counts] : measured.items()) {
    std::string row = "| " + name + " |";
    for (const auto& [what, count] : counts.items()) row += " " + json_text(count) + " |";
    EXPECT_NE(page.find(row), std::string::npos) << "docs/reliability.md lacks the row\n" << row;
  }
}

}  // namespace
}  // namespace lutra
