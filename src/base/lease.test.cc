#include "base/lease.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/owner.h"
#include "base/temporary.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

std::string refusal(const fs::path& folder) {
  try {
    const Lease lease(folder, "second");
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

/// Writes the lease of another process.
void let(const Owner& o, const fs::path& folder, int seconds_ago = 0) {
  const Json json = {{"host", o.host},   {"boot", o.boot},        {"space", o.space}, {"pid", o.pid},
                     {"start", o.start}, {"work", "lutra other"}, {"since", "then"}};
  write_text_atomically(folder / lease_file, json_text(json));
  fs::last_write_time(folder / lease_file, fs::file_time_type::clock::now() - std::chrono::seconds(seconds_ago));
}

TEST(Lease, IsThereWhileItIsHeldAndGoneAfterwards) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  {
    const Lease lease(run, "lutra run");
    lease.check();
    EXPECT_TRUE(fs::exists(run / lease_file));
    const std::string said = refusal(run);
    EXPECT_NE(said.find("another lutra works in " + run.string()), std::string::npos) << said;
    EXPECT_NE(said.find("process " + std::to_string(::getpid())), std::string::npos) << said;
    EXPECT_NE(said.find("lutra run"), std::string::npos) << said;
  }
  EXPECT_FALSE(fs::exists(run)) << "nothing was put into it";
}

TEST(Lease, OfADeadProcessIsTakenOver) {
  const TemporaryFolder folder;
  Owner dead = this_process();
  --dead.start;  // the pid was given again
  let(dead, folder.path());
  EXPECT_EQ(refusal(folder.path()), "");
}

TEST(Lease, OfAnotherHostEndsWhenItIsNotRenewed) {
  const TemporaryFolder folder;
  Owner other = this_process();
  other.host = "elsewhere";
  other.boot = "00000000";
  let(other, folder.path(), 60);
  const std::string said = refusal(folder.path());
  EXPECT_NE(said.find("on elsewhere since then: lutra other"), std::string::npos) << said;
  EXPECT_NE(said.find("its lease ends in 6"), std::string::npos) << said;
  let(other, folder.path(), 130);
  EXPECT_EQ(refusal(folder.path()), "");
}

TEST(Lease, TextThatIsNoneIsNobodys) {
  const TemporaryFolder folder;
  for (const char* text : {"", "{\"host\": \"a\"", "{\"host\": 1}", "[]"}) {
    write_text_atomically(folder / lease_file, text);
    EXPECT_EQ(refusal(folder.path()), "") << text;
  }
}

TEST(Lease, WhoLostItIsTold) {
  const TemporaryFolder folder;
  const Lease lease(folder.path(), "first");
  Owner other = this_process();
  other.boot = "00000000";
  let(other, folder.path());
  EXPECT_THROW(lease.check(), Error);
}

TEST(Lease, OneOfManyProcessesGetsIt) {
  const TemporaryFolder folder;
  int go[2];
  ASSERT_EQ(::pipe(go), 0);
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    char byte = 0;
    ::close(go[1]);
    if (::read(go[0], &byte, 1) != 0) ::_exit(3);
    try {
      const Lease lease(folder.path(), "race");
      ::usleep(500000);
      ::_exit(0);
    } catch (const Error&) {
      ::_exit(1);
    }
  }
  ::close(go[1]);  // now all of them start
  int winners = 0;
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    winners += status == 0;
  }
  EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace lutra
