#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/json.h"
#include "base/progress.h"
#include "study/context.h"

namespace lutra {

/// What every subcommand shares: how many threads, how much to say, and to whom.
struct Session {
  int threads = 1;
  bool quiet = false;                          // no progress bars, no human summary
  bool json = false;                           // the result as one JSON object on stdout
  std::shared_ptr<Workers> workers = nullptr;  // other processes that train with this one
  Device device = Device::cpu;                 // of teachers in training

  /// What the stages of a study are given of it; it must outlive them.
  Context context() const;

  /// A bar on stderr while work goes on (a line per 10 % when stderr is not a terminal); throws Interrupted after
  /// Ctrl-C.
  Progress progress() const;

  /// The outcome of a subcommand: `text` for people, or `result` with --json.
  void report(const std::string& text, const Json& result) const;

  /// A remark for people, on stderr.
  void say(const std::string& text) const;
};

/// A line for people on stderr.
void tell(const std::string& text);

/// From now on Ctrl-C, SIGTERM and the end of the terminal end the work at the next progress call; a second one ends
/// the program at once. A file that becomes too large is an Error instead of a signal.
void catch_interrupts();

/// Throws Interrupted when the person has asked to stop.
void stop_if_interrupted();

}  // namespace lutra
