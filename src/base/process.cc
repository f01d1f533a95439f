#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <utility>

#include "base/contract.h"
#include "base/file_error.h"
#include "base/process_group.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t output_limit = 4u << 20;

/// What a user has set for builds of his own.
constexpr const char* not_passed_on[] = {"MAKEFLAGS", "MFLAGS", "GNUMAKEFLAGS", "MAKELEVEL", "MAKEFILES", "CC",
                                         "CXX",       "CFLAGS", "CXXFLAGS",     "CPPFLAGS",  "LDFLAGS",   "OPT",
                                         "OBJCACHE",  "VPATH",  "LANGUAGE",     "LC_ALL"};

/// A tool's temporary files are to lie beside its others, to be removed with them: TMPDIR is ".", which also is the
/// only name of that folder that can have no blank in it.
std::vector<std::string> environment_of(const ProcessOptions& options) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    const bool dropped = std::ranges::find(not_passed_on, name) != std::end(not_passed_on);
    if (!dropped && (name != "TMPDIR" || options.directory.empty())) variables.emplace_back(text);
  }
  variables.emplace_back("LC_ALL=C");
  if (!options.directory.empty()) variables.emplace_back("TMPDIR=.");
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Everything a child needs, made before the fork: behind it no memory can be had.
struct Start {
  Start(const fs::path& program, std::vector<std::string> command, const ProcessOptions& options)
      : tool(program), words(std::move(command)), variables(environment_of(options)), directory(options.directory) {}

  fs::path tool;
  std::vector<std::string> words, variables;
  fs::path directory;
  std::vector<char*> arguments = pointers_to(words), environment = pointers_to(variables);
  pid_t parent = ::getpid();
};

[[noreturn]] void give_up() {
  const char* why = std::strerror(errno);
  if (::write(STDERR_FILENO, why, std::strlen(why)) < 0) ::_exit(126);
  ::_exit(127);
}

[[noreturn]] void become(const Start& start, pid_t group, int output) {
  ::setpgid(0, group);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != start.parent) ::_exit(127);  // it died before that was set
  ::signal(SIGXFSZ, SIG_DFL);
  ::signal(SIGPIPE, SIG_DFL);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (!start.directory.empty() && ::chdir(start.directory.c_str()) != 0) give_up();
  ::execve(start.tool.c_str(), start.arguments.data(), start.environment.data());
  give_up();
}

void keep_tail(std::string& output) {
  if (output.size() > 2 * output_limit) output.erase(0, output.size() - output_limit);
}

/// Collects output until the child closes it; false when the deadline passes first.
bool collect(int output, std::string& text, const ProcessOptions& options) {
  constexpr int tick_ms = 100;
  const auto limit = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.timeout_s));
  const Clock::time_point deadline = Clock::now() + limit;
  std::vector<char> buffer(1 << 16);
  while (true) {
    if (options.tick) options.tick();
    if (options.timeout_s > 0 && Clock::now() >= deadline) return false;
    pollfd ready{output, POLLIN, 0};
    if (::poll(&ready, 1, tick_ms) <= 0) continue;
    const ssize_t got = ::read(output, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    keep_tail(text);
  }
}

/// A tool that runs, and the end of the pipe that it writes to.
class Child {
 public:
  explicit Child(const Start& start) : group_(start.words[0]) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw file_error("start", start.words[0], errno);
    id_ = ::fork();
    if (id_ == 0) become(start, group_.id(), ends[1]);
    const int failed = id_ < 0 ? errno : 0;
    ::close(ends[1]);
    output_ = ends[0];
    if (failed == 0) return;
    ::close(output_);
    throw file_error("start", start.words[0], failed);
  }
  ~Child() {
    if (id_ > 0) wait(true);
    ::close(output_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int output() const { return output_; }

  int wait(bool kill_first = false) {
    if (kill_first) ::kill(id_, SIGKILL);
    return status_of(std::exchange(id_, -1));
  }

 private:
  ProcessGroup group_;  // the rest of it is killed when the tool was waited for
  pid_t id_ = -1;
  int output_ = -1;
};

}  // namespace

fs::path find_tool(const std::string& name) {
  if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? fs::absolute(name) : fs::path();
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  std::error_code failed;
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path candidate = fs::path(folder) / name;
    if (!folder.empty() && ::access(candidate.c_str(), X_OK) == 0 && fs::is_regular_file(candidate, failed))
      return fs::absolute(candidate);
  }
  return {};
}

ProcessResult run_process(const std::vector<std::string>& command, const ProcessOptions& options) {
  expects(!command.empty(), "a command has a name");
  const fs::path tool = find_tool(command[0]);
  if (tool.empty())
    throw Error(command[0] + " is not installed", "it is not on PATH", "Run 'lutra doctor' to see how to get it");
  ProcessResult result;
  Child child(Start(tool, command, options));
  if (!collect(child.output(), result.output, options))  // what ends this early kills the group
    throw Error(command[0] + " was stopped", "it ran longer than " + std::to_string(options.timeout_s) + " s", "");
  result.status = child.wait();
  if (result.output.size() > output_limit) result.output.erase(0, result.output.size() - output_limit);
  return result;
}

}  // namespace lutra
