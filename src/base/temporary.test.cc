#include "base/temporary.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

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

/// What the constructor says when TMPDIR is this.
std::string refusal(const std::string& tmpdir) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before ? before : "";
  ::setenv("TMPDIR", tmpdir.c_str(), 1);
  std::string said;
  try {
    const TemporaryFolder folder;
    if (!folder.path().is_absolute()) said = "not absolute";
  } catch (const Error& e) {
    said = e.what();
  }
  before ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
  return said;
}

TEST(TemporaryFolder, UnusableTmpdirIsNamed) {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "x";
  for (const std::string& tmpdir : {std::string("/proc"), (folder / "missing").string(), (folder / "file").string()}) {
    EXPECT_NE(refusal(tmpdir).find("cannot make a temporary folder in " + tmpdir), std::string::npos)
        << refusal(tmpdir);
    EXPECT_NE(refusal(tmpdir).find("TMPDIR"), std::string::npos) << refusal(tmpdir);
  }
  EXPECT_EQ(refusal("."), "");
  EXPECT_EQ(refusal(""), "");
}

TEST(TemporaryFolder, OfAKilledProcessIsRemovedWithTheNext) {
  const TemporaryFolder base;
  const auto in_base = [&](const auto& work) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("TMPDIR", base.path().c_str(), 1);
      work();
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
  };
  in_base([] {
    const TemporaryFolder folder;
    std::ofstream(folder / "x") << "x";
    ::raise(SIGKILL);
  });
  EXPECT_FALSE(std::filesystem::is_empty(base.path()));
  in_base([] { const TemporaryFolder folder; });
  EXPECT_TRUE(std::filesystem::is_empty(base.path()));
}

}  // namespace
}  // namespace lutra
