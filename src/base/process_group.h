#pragma once
#include <sys/types.h>

#include <string>

namespace lutra {

/// A process group that does not outlive this object, nor this process. Its leader is a watcher that waits at a pipe
/// whose other end only this process holds: when this process ends, by SIGKILL too, the pipe closes, and the watcher
/// kills the group, itself included.
class ProcessGroup {
 public:
  /// Error when the watcher cannot be started; `tool` is for the message.
  explicit ProcessGroup(const std::string& tool);

  /// Kills what is left of the group.
  ~ProcessGroup();
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;

  pid_t id() const { return watcher_; }

 private:
  int lifeline_ = -1;
  pid_t watcher_ = -1;
};

/// Waits for a child: its exit status, or 128 + the signal that killed it.
int status_of(pid_t child);

}  // namespace lutra
