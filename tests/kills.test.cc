#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include "base/temporary.h"
#include "trial.h"

/// `lutra run` killed by SIGKILL at random moments: a second later nothing that it started runs any more, no file is
/// wrong, and the run that is let live ends in the bytes of an undisturbed one and leaves nothing behind. LUTRA_KILLS
/// says how many (`./dev kills`); the moments are drawn with a fixed seed.
namespace lutra {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

class Kills : public testing::Test {
 protected:
  void SetUp() override {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // what outlives the program becomes a child of this test
    ::setenv("TMPDIR", (folder / "tmp").c_str(), 1);
    fs::create_directory(folder / "tmp");
    write_text_atomically(folder / "study.toml", trial_study);
  }

  pid_t start(const char* out) {
    const std::string study = (folder / "study.toml").string(), run = (folder / out).string();
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::execl(LUTRA_PROGRAM, "lutra", "run", study.c_str(), "--out", run.c_str(), "--threads", "2", "--quiet", nullptr);
    ::_exit(127);
  }

  /// Lets it run to its end; its exit status.
  int finish(const char* out) {
    int status = 0;
    ::waitpid(start(out), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  /// How many children still run a second after the program was killed; these are ended too.
  static int survivors() {
    const auto deadline = Clock::now() + std::chrono::seconds(1);
    while (Clock::now() < deadline) {
      const pid_t ended = ::waitpid(-1, nullptr, WNOHANG);
      if (ended < 0) return 0;  // no child is left
      if (ended == 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    int left = 0;
    std::ifstream children("/proc/self/task/" + std::to_string(::gettid()) + "/children");
    for (pid_t child = 0; children >> child; ++left) ::kill(child, SIGKILL);
    while (::waitpid(-1, nullptr, 0) > 0) {
    }
    return left;
  }

  const TemporaryFolder folder;
};

TEST_F(Kills, NothingRunsOnAndNothingIsWrong) {
  const int kills = number_from("LUTRA_KILLS", 20);
  const auto begin = Clock::now();
  ASSERT_EQ(finish("out"), 0);  // in the folder of all: the report tells its name
  const double whole_s = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto good = files_of_run(folder / "out");
  fs::remove_all(folder / "out");
  std::mt19937 random(7);
  int killed = 0, surviving = 0, wrong = 0, unequal = 0, whole_runs = 0;
  for (int i = 0; i < kills; ++i) {
    const pid_t program = start("out");
    const double after_s = whole_s * std::uniform_real_distribution<>(0, 0.7)(random);
    std::this_thread::sleep_for(std::chrono::duration<double>(after_s));
    ::kill(program, SIGKILL);
    const int left = survivors();
    const std::string bad = wrong_files(folder / "out", good);
    surviving += left > 0, wrong += !bad.empty();
    EXPECT_EQ(left, 0) << "kill " << i << " after " << after_s << " s";
    EXPECT_EQ(bad, "") << "kill " << i << " after " << after_s << " s";
    ++killed;
    const auto so_far = [&] {  // also when this test is ended early
      tally("kills", {{"kills", killed},
                      {"processes left after a second", surviving},
                      {"left a wrong file", wrong},
                      {"runs let live", whole_runs},
                      {"of these differed, or left temporary files", unequal}});
    };
    so_far();
    if (i % 10 != 9 && i + 1 != kills) continue;
    const bool equal = finish("out") == 0 && files_of_run(folder / "out") == good && fs::is_empty(folder / "tmp");
    unequal += !equal, ++whole_runs;
    EXPECT_TRUE(equal) << "the run after kill " << i << wrong_files(folder / "out", good);
    so_far();
    fs::remove_all(folder / "out");
  }
}

}  // namespace
}  // namespace lutra
