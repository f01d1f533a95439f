#include "base/owner.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <vector>

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours leftover_age{48};  // no outside tool works that long in one folder

std::string first_word(const char* path) {
  std::string word;
  std::ifstream(path) >> word;
  return word;
}

/// State and start of a process: fields 3 and 22 of /proc/PID/stat, behind the name in brackets, which may hold
/// anything.
struct Stat {
  char state = 0;
  std::uint64_t start = 0;
};
std::optional<Stat> stat_of(std::int64_t pid) {
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  std::ostringstream text;
  text << in.rdbuf();
  const std::string line = text.str();
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream fields(line.substr(name_end + 1));
  Stat stat;
  std::string skipped;
  fields >> stat.state;
  for (int field = 4; field < 22; ++field) fields >> skipped;
  return fields >> stat.start ? std::optional(stat) : std::nullopt;
}

std::uint64_t random_number() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number)
    number = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  return number;
}

/// The owner in a name that temporary_name() made.
std::optional<Owner> owner_in(const std::string& name, const std::string& prefix) {
  if (!name.starts_with(prefix)) return {};
  std::istringstream parts(name.substr(prefix.size()));
  Owner owner;
  char dash = 0;
  if (!std::getline(parts, owner.boot, '-') || owner.boot.size() != 8) return {};
  if (!(parts >> owner.space >> dash >> owner.pid >> dash >> owner.start >> dash) || dash != '-') return {};
  return owner;
}

bool is_left_over(const fs::path& path, const Owner& owner) {
  struct stat entry {};
  if (::lstat(path.c_str(), &entry) != 0 || entry.st_uid != ::geteuid()) return false;
  const Life life = life_of(owner);
  if (life != Life::unknown) return life == Life::dead;
  const auto touched = std::chrono::system_clock::from_time_t(entry.st_mtime);
  return std::chrono::system_clock::now() - touched > leftover_age;
}

}  // namespace

Owner this_process() {
  Owner owner;
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  owner.host = host;
  owner.boot = first_word("/proc/sys/kernel/random/boot_id").substr(0, 8);
  struct stat space {};
  if (::stat("/proc/self/ns/pid", &space) == 0) owner.space = space.st_ino;
  owner.pid = ::getpid();
  if (const auto stat = stat_of(owner.pid)) owner.start = stat->start;
  return owner;
}

Life life_of(const Owner& owner) {
  const Owner here = this_process();
  if (here.boot.empty() || owner.boot != here.boot || owner.space != here.space || owner.pid <= 0) return Life::unknown;
  if (::kill(static_cast<pid_t>(owner.pid), 0) != 0 && errno == ESRCH) return Life::dead;
  const auto stat = stat_of(owner.pid);
  if (!stat) return Life::alive;  // somebody else's, and hidden
  const bool ended = stat->state == 'Z' || stat->state == 'X';
  return ended || stat->start != owner.start ? Life::dead : Life::alive;
}

std::string temporary_name(const std::string& prefix) {
  const Owner o = this_process();
  return fmt::format("{}{}-{}-{}-{}-{:016x}", prefix, o.boot, o.space, o.pid, o.start, random_number());
}

void sweep(const fs::path& folder, const std::string& prefix) {
  static std::mutex mutex;
  static std::set<std::pair<fs::path, std::string>> done;
  const std::lock_guard lock(mutex);
  std::error_code failed;
  if (!done.emplace(fs::absolute(folder, failed), prefix).second) return;
  std::vector<fs::path> left_over;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const auto owner = owner_in(at->path().filename().string(), prefix);
    if (owner && is_left_over(at->path(), *owner)) left_over.push_back(at->path());
  }
  for (const fs::path& path : left_over) fs::remove_all(path, failed);
}

}  // namespace lutra
