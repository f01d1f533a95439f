// Training by several processes that meet over loopback, as torchrun would start them.
#include "ranks/ranks.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"
#include "student/distill.h"
#include "teacher/teacher.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// A TCP port that was free a moment ago.
int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), length), 0);
  EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length), 0);
  ::close(socket);
  return ntohs(address.sin_port);
}

/// Runs this test program again as rank `rank`, with one test only; its process id.
pid_t start_rank(int rank, int size, int port, const std::string& test, const fs::path& folder) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::setenv("RANK", std::to_string(rank).c_str(), 1);
  ::setenv("WORLD_SIZE", std::to_string(size).c_str(), 1);
  ::setenv("MASTER_ADDR", "127.0.0.1", 1);
  ::setenv("MASTER_PORT", std::to_string(port).c_str(), 1);
  ::setenv("LUTRA_TEST_FOLDER", folder.c_str(), 1);
  const std::string filter = "--gtest_filter=" + test;
  ::execl("/proc/self/exe", "train_test", filter.c_str(), "--gtest_also_run_disabled_tests", "--gtest_brief=1",
          nullptr);
  ::_exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void train_both(const fs::path& folder, Workers* workers) {
  const Dataset data = toy_fragments(600, 1);
  TeacherConfig teacher;
  teacher.train.epochs = 2;
  teacher.train.batch_events = 64;
  train_teacher(teacher, data, folder / "teacher", {1, workers}, no_progress);
  StudentConfig student;
  student.distill.enabled = false;
  student.train.epochs = student.float_epochs = 3;
  student.train.batch_events = 64;
  distill_student(student, data, nullptr, folder / "student", {1, workers}, no_progress);
}

// Not a test of its own: what one process of the test below does.
TEST(WorkersRank, DISABLED_TrainsItsShare) {
  const char* folder = std::getenv("LUTRA_TEST_FOLDER");
  if (!folder) GTEST_SKIP() << "started by Workers.TwoProcessesGetTheCurveOfOne";
  const std::unique_ptr<Workers> workers = workers_from_environment();
  ASSERT_NE(workers, nullptr);
  EXPECT_EQ(workers->size(), 2);
  train_both(folder, workers.get());
}

#ifdef LUTRA_GLOO

TEST(Workers, TwoProcessesGetTheCurveOfOne) {
  const TemporaryFolder folder;
  const int port = free_port();
  const pid_t first = start_rank(0, 2, port, "WorkersRank.*", folder / "two");
  const pid_t second = start_rank(1, 2, port, "WorkersRank.*", folder / "two");
  train_both(folder / "one", nullptr);
  EXPECT_EQ(wait_for(first), 0);
  EXPECT_EQ(wait_for(second), 0);
  for (const char* name :
       {"teacher/teacher.json", "teacher/history.json", "student/network.json", "student/history.json"})
    EXPECT_EQ(read_text(folder / "one" / name), read_text(folder / "two" / name)) << name;
}

#endif

/// Sets variables for one test.
class Environment {
 public:
  ~Environment() {
    for (const std::string& name : names_) ::unsetenv(name.c_str());
  }
  void set(const std::string& name, const std::string& value) {
    ::setenv(name.c_str(), value.c_str(), 1);
    names_.push_back(name);
  }

 private:
  std::vector<std::string> names_;
};

std::string error_of_environment() {
  try {
    workers_from_environment();
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(WorkersEnvironment, OneProcessNeedsNone) {
  Environment environment;
  EXPECT_EQ(workers_from_environment(), nullptr);
  environment.set("WORLD_SIZE", "1");
  EXPECT_EQ(workers_from_environment(), nullptr);
}

TEST(WorkersEnvironment, NamesTheVariableThatIsMissingOrWrong) {
  Environment environment;
  environment.set("WORLD_SIZE", "two");
  EXPECT_NE(error_of_environment().find("WORLD_SIZE"), std::string::npos);
  environment.set("WORLD_SIZE", "2");
  EXPECT_NE(error_of_environment().find("RANK is not set"), std::string::npos);
  environment.set("RANK", "2");
  EXPECT_NE(error_of_environment().find("RANK is \"2\""), std::string::npos);
  environment.set("RANK", "0");
  environment.set("MASTER_PORT", "99999");
  EXPECT_NE(error_of_environment().find("MASTER_PORT"), std::string::npos);
  environment.set("MASTER_PORT", "29500");
  EXPECT_NE(error_of_environment().find("MASTER_ADDR"), std::string::npos);
}

}  // namespace
}  // namespace lutra
