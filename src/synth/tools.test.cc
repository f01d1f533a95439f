#include "synth/tools.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace lutra {
namespace {

const ToolStatus& status_of(const std::vector<ToolStatus>& tools, const std::string& name) {
  return *std::find_if(tools.begin(), tools.end(), [&](const ToolStatus& tool) { return tool.name == name; });
}

TEST(Tools, EachSaysWhatItIsForAndHowToGetIt) {
  for (const ToolStatus& tool : find_tools()) {
    EXPECT_FALSE(tool.needed_for.empty()) << tool.name;
    EXPECT_FALSE(tool.install.empty()) << tool.name;
    EXPECT_EQ(tool.found(), !tool.version.empty()) << tool.name;
  }
}

TEST(Tools, VersionsAreFound) {
  const std::vector<ToolStatus> tools = find_tools();
  EXPECT_TRUE(status_of(tools, "yosys").version.starts_with("Yosys 0."));
  EXPECT_TRUE(status_of(tools, "verilator").version.starts_with("Verilator "));
}

TEST(Tools, NothingIsFoundOnAnEmptyPath) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const std::vector<ToolStatus> tools = find_tools();
  ::setenv("PATH", path.c_str(), 1);
  for (const ToolStatus& tool : tools) EXPECT_FALSE(tool.found()) << tool.name;
}

}  // namespace
}  // namespace lutra
