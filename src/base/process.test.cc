#include "base/process.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

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
