#include "cli/session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>

#include "base/duration.h"
#include "base/error.h"
#include "base/file_error.h"
#include "base/name.h"

namespace lutra {
namespace {

using Clock = std::chrono::steady_clock;

std::atomic<bool> stop_asked = false;

void on_signal(int signal) {
  if (stop_asked.exchange(true)) std::_Exit(128 + signal);
}

/// What is said about the work is not worth ending it for: a full disk behind stderr is ignored.
void put(const std::string& text) { std::fputs(text.c_str(), stderr); }

/// Draws one bar at a time: on a terminal redrawn in place, elsewhere a line whenever another tenth is done.
class Bar {
 public:
  explicit Bar(bool quiet) : quiet_(quiet), terminal_(::isatty(STDERR_FILENO) != 0) {}

  void update(std::string_view what, std::uint64_t done, std::uint64_t total) {
    stop_if_interrupted();
    if (is_remark(done, total)) return tell(std::string(what));
    if (quiet_ || total == 0) return;
    if (what != what_) begin(what);
    const bool finished = done >= total;
    if (finished && ended_) return;
    const auto tenth = static_cast<int>(10 * done / total);
    const auto now = Clock::now();
    const bool due = terminal_ ? now - drawn_ > std::chrono::milliseconds(100) : tenth > tenth_;
    if (!due && !finished) return;
    drawn_ = now;
    tenth_ = tenth;
    ended_ = finished;
    draw(static_cast<double>(done) / static_cast<double>(total), finished);
  }

 private:
  void begin(std::string_view what) {
    what_ = what;
    start_ = Clock::now();
    drawn_ = {};
    tenth_ = 0;
    ended_ = false;
  }

  void draw(double share, bool finished) const {
    const double elapsed = std::chrono::duration<double>(Clock::now() - start_).count();
    const std::string time =
        finished ? duration_text(elapsed) : duration_text(elapsed / std::max(share, 1e-6) - elapsed) + " left";
    const int width = 30;
    const int full = static_cast<int>(share * width);
    const std::string bar =
        std::string(static_cast<std::size_t>(full), '#') + std::string(static_cast<std::size_t>(width - full), '.');
    put(fmt::format("{}{:<34} [{}] {:3.0f} %  {}{}", terminal_ ? "\r" : "", what_, bar, 100 * share, time,
                    terminal_ ? (finished ? "\033[K\n" : "\033[K") : "\n"));
  }

  bool quiet_;
  bool terminal_;
  std::string what_;
  Clock::time_point start_, drawn_;
  int tenth_ = 0;
  bool ended_ = false;
};

}  // namespace

Progress Session::progress() const {
  return [bar = std::make_shared<Bar>(quiet)](std::string_view what, std::uint64_t done, std::uint64_t total) {
    bar->update(what, done, total);
  };
}

Context Session::context() const {
  return {{threads, workers.get(), device},
          [session = *this] { return session.progress(); },
          [session = *this](const std::string& text) { session.say(text); },
          stop_if_interrupted};
}

void Session::report(const std::string& text, const Json& result) const {
  const std::string answer = json ? json_text(result, 1) + "\n" : quiet ? "" : terminal_text(text) + "\n";
  if (std::fputs(answer.c_str(), stdout) < 0 || std::fflush(stdout) != 0)
    throw file_error("write", "to the standard output", errno);
}

void Session::say(const std::string& text) const {
  if (!quiet) tell(terminal_text(text));
}

void tell(const std::string& text) { put(text + "\n"); }

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  if (std::signal(SIGHUP, on_signal) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);  // started by nohup
  std::signal(SIGXFSZ, SIG_IGN);  // a file that gets too large is an Error of who writes it
}

void stop_if_interrupted() {
  if (stop_asked) throw Interrupted();
}

}  // namespace lutra
