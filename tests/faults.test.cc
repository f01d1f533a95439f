#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/temporary.h"
#include "trial.h"

/// A tiny `lutra run` in which one call of the system fails: it may end with an Error or do without, but it never
/// crashes and never leaves a wrong file under a right name, and the next run ends in the bytes of an undisturbed one.
/// How many places of each kind are tried is LUTRA_FAULTS (0: every one, but memory; `./dev faults`).
namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Answers as the tool behind it did when it was asked the same before: what the tools do is not what is tested here.
/// A question is the arguments and the files they are about; an answer is the files that came of it.
constexpr const char* remembering_tool = R"(#!/bin/sh
case "$1" in --version | -V) exec @TOOL@ "$@" ;; esac
key=$( (echo "$@"; cat ./*.cpp ./*.ys ./*.aig ./*.v ./*/*.sv ./*/*.v 2>/dev/null) | cksum | tr ' ' -)
memory=@MEMORY@/@NAME@-$key
if [ ! -d "$memory" ]; then
  mkdir -p @MEMORY@
  ls >"$memory.before"
  @TOOL@ "$@" >"$memory.said" 2>&1 || { status=$?; cat "$memory.said"; exit $status; }
  mkdir -p "$memory.new/files"
  for made in $(ls | grep -vxF -f "$memory.before"); do cp -r "$made" "$memory.new/files/"; done
  mv "$memory.new" "$memory"
fi
cp -r "$memory"/files/. .
cat "$memory.said"
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

class Faults : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const char* tool : {"verilator", "yosys", "berkeley-abc"}) remember(tool);
    ::setenv("PATH", ((*folder / "tools").string() + ":" + std::getenv("PATH")).c_str(), 1);
    ::setenv("TMPDIR", (*folder / "tmp").c_str(), 1);
    fs::create_directory(*folder / "tmp");
    write_text_atomically(*folder / "study.toml", trial_study);
    // All runs have one folder: the report tells its name.
    const ProcessResult first = run("out");
    ASSERT_EQ(first.status, 0) << first.output;
    good = files_of_run(*folder / "out");
    fs::remove_all(*folder / "out");
    const ProcessResult second = run_with("", "out");
    ASSERT_EQ(second.status, 0) << second.output;
    ASSERT_EQ(wrong_files(*folder / "out", good), "") << "two good runs differ";
    fs::remove_all(*folder / "out");
    std::ifstream counts(*folder / "counts");
    for (std::string kind; counts >> kind;) counts >> calls[kind];
  }
  static void TearDownTestSuite() { folder.reset(); }

  static void remember(const std::string& tool) {
    std::string script = replaced(remembering_tool, "@TOOL@", find_tool(tool).string());
    script = replaced(replaced(script, "@MEMORY@", (*folder / "memory").string()), "@NAME@", tool);
    write_text_atomically(*folder / "tools" / tool, script);
    fs::permissions(*folder / "tools" / tool, fs::perms::owner_all);
  }

  static ProcessResult run(const std::string& out) {
    return lutra_run({"run", (*folder / "study.toml").string(), "--out", (*folder / out).string(), "--threads", "1"});
  }

  static ProcessResult run_with(const std::string& fault, const std::string& out) {
    ::setenv("LD_PRELOAD", LUTRA_FAILING_CALLS, 1);
    ::setenv("LUTRA_FAULT", fault.c_str(), 1);
    ::setenv("LUTRA_FAULT_COUNTS", (*folder / "counts").c_str(), 1);
    const ProcessResult result = run(out);
    for (const char* variable : {"LD_PRELOAD", "LUTRA_FAULT", "LUTRA_FAULT_COUNTS"}) ::unsetenv(variable);
    return result;
  }

  /// Lets the calls at these places fail, one in each run.
  static void try_all(const std::string& kind, const std::vector<long>& places) {
    int tried = 0, refused = 0, finished = 0, crashed = 0, wrong = 0, unequal = 0;
    for (const long place : places) {
      const std::string fault = kind + ":" + std::to_string(place);
      const fs::path out = *folder / "out";
      const ProcessResult result = run_with(fault, "out");
      const std::string bad = wrong_files(out, good);
      refused += result.status == 1 || result.status == 2, finished += result.status == 0;
      crashed += result.status > 2, wrong += !bad.empty();
      // oneDNN, which computes libtorch's convolutions, does not look whether it was given memory.
      if (kind != "memory") {
        EXPECT_LE(result.status, 2) << fault << "\n" << result.output;
      }
      EXPECT_EQ(bad, "") << fault << "\n" << result.output;
      const ProcessResult next = run("out");
      const bool equal = next.status == 0 && files_of_run(out) == good && fs::is_empty(*folder / "tmp");
      unequal += !equal;
      EXPECT_TRUE(equal) << "the run after " << fault << "\n" << result.output << next.output << wrong_files(out, good);
      fs::remove_all(out);
      fs::remove_all(*folder / "tmp");
      fs::create_directory(*folder / "tmp");
      tally("fault: " + kind, {{"calls", calls[kind]},
                               {"tried", ++tried},
                               {"ended with an error", refused},
                               {"done without", finished},
                               {"crashed", crashed},
                               {"left a wrong file", wrong},
                               {"next run differed", unequal}});
    }
  }

  /// `count` places, evenly spread; 0: all.
  static std::vector<long> places(const std::string& kind, long count) {
    const long all = calls[kind];
    if (count == 0) count = all;
    std::vector<long> chosen;
    for (long i = 0; i < std::min(count, all); ++i)
      chosen.push_back(1 + (2 * i + 1) * all / (2 * std::min(count, all)));
    return chosen;
  }

  inline static std::unique_ptr<TemporaryFolder> folder = std::make_unique<TemporaryFolder>();
  inline static std::map<std::string, std::string> good;
  inline static std::map<std::string, long> calls;
};

const int wanted = number_from("LUTRA_FAULTS", 5);

TEST_F(Faults, Writes) { try_all("write", places("write", wanted)); }
TEST_F(Faults, Opens) { try_all("open", places("open", wanted)); }
TEST_F(Faults, Renames) { try_all("rename", places("rename", wanted)); }
TEST_F(Faults, Flushes) { try_all("fsync", places("fsync", wanted)); }
TEST_F(Faults, Starts) { try_all("start", places("start", wanted)); }
TEST_F(Faults, Memory) { try_all("memory", places("memory", wanted == 0 ? 300 : wanted)); }

}  // namespace
}  // namespace lutra
