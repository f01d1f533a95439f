#include "base/owner.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/temporary.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// A process that has ended, and was waited for or not.
pid_t ended_child(bool wait) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  siginfo_t info;
  ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | (wait ? 0 : WNOWAIT));
  return child;
}

Owner with_pid(pid_t pid) {
  Owner owner = this_process();
  owner.pid = pid;
  return owner;
}

TEST(Owner, ThisProcessLives) {
  EXPECT_EQ(life_of(this_process()), Life::alive);
  EXPECT_EQ(this_process().pid, ::getpid());
  EXPECT_GT(this_process().start, 0);
}

TEST(Owner, AnEndedProcessIsDeadAlsoBeforeItIsWaitedFor) {
  EXPECT_EQ(life_of(with_pid(ended_child(true))), Life::dead);
  const pid_t zombie = ended_child(false);
  EXPECT_EQ(life_of(with_pid(zombie)), Life::dead);
  ::waitpid(zombie, nullptr, 0);
}

TEST(Owner, AnotherProcessThatGotThePidIsNotTheOwner) {
  Owner earlier = this_process();
  --earlier.start;
  EXPECT_EQ(life_of(earlier), Life::dead);
}

TEST(Owner, OfAnotherHostOrContainerNothingIsKnown) {
  Owner other = with_pid(ended_child(true));
  other.boot = "00000000";
  EXPECT_EQ(life_of(other), Life::unknown);
  other = with_pid(ended_child(true));
  ++other.space;
  EXPECT_EQ(life_of(other), Life::unknown);
}

TEST(Owner, TemporaryNamesNeverRepeat) {
  EXPECT_NE(temporary_name("x-"), temporary_name("x-"));
  EXPECT_TRUE(temporary_name("x-").starts_with("x-"));
}

/// A file with the name that a process would give it.
fs::path left_by(const Owner& o, const fs::path& folder) {
  const std::string own = temporary_name("x-"), random = own.substr(own.rfind('-'));
  const fs::path path = folder / ("x-" + o.boot + "-" + std::to_string(o.space) + "-" + std::to_string(o.pid) + "-" +
                                  std::to_string(o.start) + random);
  std::ofstream(path) << "half";
  return path;
}

TEST(Owner, SweepTakesWhatTheDeadLeft) {
  const TemporaryFolder folder;
  const Owner dead = with_pid(ended_child(true));
  Owner elsewhere = dead;
  elsewhere.boot = "00000000";
  const fs::path left = left_by(dead, folder.path()), own = left_by(this_process(), folder.path()),
                 foreign = left_by(elsewhere, folder.path()), old = left_by(elsewhere, folder.path());
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(49));
  std::ofstream(folder / "x-result") << "kept";
  sweep(folder.path(), "x-");
  EXPECT_FALSE(fs::exists(left));
  EXPECT_FALSE(fs::exists(old)) << "nobody renewed it for two days";
  EXPECT_TRUE(fs::exists(own));
  EXPECT_TRUE(fs::exists(foreign));
  EXPECT_TRUE(fs::exists(folder / "x-result"));
  const fs::path later = left_by(dead, folder.path());
  sweep(folder.path(), "x-");
  EXPECT_TRUE(fs::exists(later)) << "one look per process is enough";
}

}  // namespace
}  // namespace lutra
