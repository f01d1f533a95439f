#include "base/temporary.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/error.h"

namespace lutra {
namespace {

TEST(TemporaryFolder, IsFreshAndGoesAway) {
  std::filesystem::path path;
  {
    const TemporaryFolder a, b;
    EXPECT_NE(a.path(), b.path());
    path = a.path();
    std::filesystem::create_directories(path / "deep");
    std::ofstream(path / "deep" / "file") << "x";
    EXPECT_TRUE(std::filesystem::exists(path / "deep" / "file"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryFolder, UnusableTmpdirIsAnError) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before ? before : "";
  ::setenv("TMPDIR", "/proc", 1);
  EXPECT_THROW(TemporaryFolder(), Error);
  before ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
}

}  // namespace
}  // namespace lutra
