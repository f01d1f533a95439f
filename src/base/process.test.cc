#include "base/process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"

namespace lutra {
namespace {

/// Whether a process ends within a second; one that only waits to be waited for has ended.
bool ends_soon(pid_t pid) {
  const auto runs = [&] { return std::ifstream("/proc/" + std::to_string(pid) + "/cmdline").get() != EOF; };
  for (int i = 0; i < 1000 && runs(); ++i) ::usleep(1000);
  return !runs();
}

TEST(Process, GivesStatusAndOutput) {
  const ProcessResult result = run_process({"sh", "-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output, "out\nerr\n");
}

TEST(Process, ArgumentsAreNotInterpreted) {
  EXPECT_EQ(run_process({"echo", "$(touch x); `ls` 'a  b'"}).output, "$(touch x); `ls` 'a  b'\n");
}

TEST(Process, KilledToolsReportTheSignal) { EXPECT_EQ(run_process({"sh", "-c", "kill -9 $$"}).status, 128 + 9); }

TEST(Process, RunsInTheGivenFolder) { EXPECT_EQ(run_process({"pwd"}, {.directory = "/"}).output, "/\n"); }

TEST(Process, MissingToolIsAnError) { EXPECT_THROW(run_process({"no-such-tool-anywhere"}), Error); }

TEST(Process, TimeoutStopsTheWholeGroup) {
  EXPECT_THROW(run_process({"sh", "-c", "sleep 30 & sleep 30"}, {.timeout_s = 0.2}), Error);
}

TEST(Process, WhatAToolStartedEndsWithIt) {
  const TemporaryFolder folder;
  const std::string script = "(trap '' TERM HUP; sleep 30; echo late > late) >/dev/null 2>&1 & echo $! > pid";
  EXPECT_EQ(run_process({"sh", "-c", script}, {.directory = folder.path()}).status, 0);
  const std::string pid = read_text(folder / "pid");
  EXPECT_TRUE(ends_soon(std::stoi(pid)));
}

/// The tool and its child write their pids; both must be gone soon after the death of the process that ran them.
TEST(Process, NothingOutlivesAKilledProgram) {
  const TemporaryFolder folder;
  const pid_t program = ::fork();
  if (program == 0) {
    run_process({"sh", "-c", "sleep 60 & echo $! > child.new; mv child.new child; wait"}, {.directory = folder.path()});
    ::_exit(0);
  }
  while (!std::filesystem::exists(folder / "child")) ::usleep(1000);
  const pid_t grandchild = std::stoi(read_text(folder / "child"));
  ::kill(program, SIGKILL);
  ::waitpid(program, nullptr, 0);
  EXPECT_TRUE(ends_soon(grandchild));
}

TEST(Process, BuildVariablesAreNotPassedOnAndTemporaryFilesStayInTheFolder) {
  const TemporaryFolder folder;
  ::setenv("MAKEFLAGS", "-n", 1);
  ::setenv("CXX", "false", 1);
  const std::string seen =
      run_process({"sh", "-c", "echo \"[$MAKEFLAGS$CXX] $TMPDIR $LC_ALL\""}, {.directory = folder.path()}).output;
  ::unsetenv("MAKEFLAGS");
  ::unsetenv("CXX");
  EXPECT_EQ(seen, "[] . C\n");
}

TEST(Process, WhatCannotBeStartedSaysWhy) {
  const TemporaryFolder folder;
  std::ofstream(folder / "tool") << "\177ELF";
  std::filesystem::permissions(folder / "tool", std::filesystem::perms::owner_all);
  const ProcessResult result = run_process({(folder / "tool").string()});
  EXPECT_EQ(result.status, 127);
  EXPECT_EQ(result.output, "Exec format error");
}

TEST(Process, TickCanEndTheWork) {
  int ticks = 0;
  const auto tick = [&] {
    if (++ticks == 3) throw Interrupted();
  };
  EXPECT_THROW(run_process({"sleep", "30"}, {.tick = tick}), Interrupted);
  EXPECT_EQ(ticks, 3);
}

TEST(Process, KeepsTheEndOfLongOutput) {
  const ProcessResult result = run_process({"sh", "-c", "yes 0123456789 | head -c 20000000; echo end"});
  EXPECT_LE(result.output.size(), std::size_t{4} << 20);
  EXPECT_TRUE(result.output.ends_with("end\n"));
}

}  // namespace
}  // namespace lutra
