#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t output_limit = 4u << 20;

void keep_tail(std::string& output) {
  if (output.size() > 2 * output_limit) output.erase(0, output.size() - output_limit);
}

[[noreturn]] void become(const fs::path& tool, const std::vector<std::string>& command, const fs::path& directory,
                         int output) {
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (::chdir(directory.c_str()) != 0) ::_exit(126);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(tool.c_str(), arguments.data());
  ::_exit(127);
}

/// Collects output until the child closes it; false when the deadline passes first.
bool collect(int output, std::string& text, const ProcessOptions& options) {
  constexpr int tick_ms = 100;
  const auto limit = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.timeout_s));
  const Clock::time_point deadline = Clock::now() + limit;
  char buffer[1 << 16];
  while (true) {
    if (options.tick) options.tick();
    if (options.timeout_s > 0 && Clock::now() >= deadline) return false;
    pollfd ready{output, POLLIN, 0};
    if (::poll(&ready, 1, tick_ms) <= 0) continue;
    const ssize_t got = ::read(output, buffer, sizeof buffer);
    if (got <= 0) return true;
    text.append(buffer, static_cast<std::size_t>(got));
    keep_tail(text);
  }
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

fs::path find_tool(const std::string& name) {
  if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? fs::absolute(name) : fs::path();
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path candidate = fs::path(folder) / name;
    if (!folder.empty() && ::access(candidate.c_str(), X_OK) == 0 && fs::is_regular_file(candidate)) return candidate;
  }
  return {};
}

ProcessResult run_process(const std::vector<std::string>& command, const ProcessOptions& options) {
  expects(!command.empty(), "a command has a name");
  const fs::path tool = find_tool(command[0]);
  if (tool.empty())
    throw Error(command[0] + " is not installed", "it is not on PATH", "Run 'lutra doctor' to see how to get it");
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) throw Error("cannot start " + command[0], std::strerror(errno), "");
  const pid_t child = ::fork();
  if (child < 0) throw Error("cannot start " + command[0], std::strerror(errno), "");
  if (child == 0) become(tool, command, options.directory, pipe_ends[1]);
  ::setpgid(child, child);  // as the child does: whoever comes first, the group is there when it must be killed
  ::close(pipe_ends[1]);

  const auto stop = [&] {
    ::kill(-child, SIGKILL);
    return status_of(child);
  };
  ProcessResult result;
  bool finished = false;
  try {
    finished = collect(pipe_ends[0], result.output, options);
  } catch (...) {  // the caller's tick wants to end this
    stop();
    ::close(pipe_ends[0]);
    throw;
  }
  result.status = finished ? status_of(child) : stop();
  ::close(pipe_ends[0]);
  if (!finished)
    throw Error(command[0] + " was stopped", "it ran longer than " + std::to_string(options.timeout_s) + " s", "");
  if (result.output.size() > output_limit) result.output.erase(0, result.output.size() - output_limit);
  return result;
}

}  // namespace lutra
