#include "base/process_group.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "base/file_error.h"

namespace lutra {
namespace {

/// A shell, because a fork of this process would keep all its memory. Returns 0 or an errno.
int spawn_watcher(int lifeline, pid_t& watcher) {
  char shell[] = "sh", option[] = "-c", script[] = "read -r nothing; kill -KILL 0";
  char* arguments[] = {shell, option, script, nullptr};
  char* environment[] = {nullptr};
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, lifeline, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  const int failed = ::posix_spawn(&watcher, "/bin/sh", &files, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return failed;
}

}  // namespace

ProcessGroup::ProcessGroup(const std::string& tool) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw file_error("start", tool, errno);
  const int failed = spawn_watcher(ends[0], watcher_);
  ::close(ends[0]);
  lifeline_ = ends[1];
  if (failed == 0) return;
  ::close(lifeline_);
  throw file_error("start", tool, failed);
}

ProcessGroup::~ProcessGroup() {
  ::kill(-watcher_, SIGKILL);  // while the watcher is not waited for, its id is given to no other group
  status_of(watcher_);
  ::close(lifeline_);
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace lutra
