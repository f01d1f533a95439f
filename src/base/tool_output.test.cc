#include "base/tool_output.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/temporary.h"

namespace lutra {
namespace {

TEST(ToolOutput, TheFirstErrorIsShown) {
  EXPECT_EQ(error_line("reading\n/tmp/some folder/toy.sv:2: ERROR: syntax error\nmore ERROR: x\n"),
            "toy.sv:2: syntax error");
  EXPECT_EQ(error_line("g++ -c x.cpp\nx.cpp:3:1: error: 'y' was not declared\nmake: *** [x.mk:5: x.o] Error 1\n"
                       "%Error: make -C model -f Vdesign.mk exited with 2\n"),
            "x.cpp:3:1: error: 'y' was not declared");
  EXPECT_EQ(error_line("%Error: toy.sv:4:3: syntax error\n%Error: Exiting due to 1 error(s)\n"),
            "%Error: toy.sv:4:3: syntax error");
  EXPECT_EQ(error_line("first\nlast\n\n"), "last");
  EXPECT_EQ(error_line(""), "it gives no reason");
}

TEST(ToolOutput, AFullDiskIsNamedWithItsFolder) {
  const std::string said =
      tool_error("the tool stopped", {1, "x.s: fatal error: No space left on device"}, "/some/folder", "").what();
  EXPECT_NE(said.find("the disk is full: /some/folder"), std::string::npos) << said;
  EXPECT_NE(said.find("TMPDIR"), std::string::npos) << said;
}

TEST(ToolOutput, ALinkedFolderHasAPlainName) {
  const TemporaryFolder work, other;
  const std::filesystem::path folder = other / "it's a \"folder\"";
  write_text_atomically(folder / "x", "1");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(link_folder(work.path(), "rtl", folder), "rtl");
  EXPECT_EQ(read_text(work / "rtl" / "x"), "1");
}

}  // namespace
}  // namespace lutra
