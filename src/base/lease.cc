#include "base/lease.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <ctime>

#include "base/file_error.h"
#include "base/json.h"
#include "base/new_file.h"
#include "base/owner.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

constexpr seconds renewed_every{20};
constexpr seconds lasts{120};

std::time_t renewed_at(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 ? status.st_mtime : 0;
}

/// The lease file, opened and locked for the moment of a look and a decision. Where the file system has no locks, the
/// decision is made without: then two processes that start in the same instant may both get the lease, and the one
/// that wrote first loses it at its next renewal.
class LockedFile {
 public:
  /// With `make`, a file that is not there is made; else it counts as empty.
  LockedFile(const fs::path& path, bool make) : path_(path) {
    do {
      close();
      descriptor_ = ::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | (make ? O_CREAT : 0), 0666);
      if (descriptor_ < 0 && !make) return;
      if (descriptor_ < 0) throw file_error("write", path, errno);
      while (::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
      }
    } while (!is_in_place());
  }
  ~LockedFile() { close(); }
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;

  std::string read() const {
    std::string text(4096, '\0');
    const ssize_t got = descriptor_ < 0 ? 0 : ::pread(descriptor_, text.data(), text.size(), 0);
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

  void write(const std::string& text) const {
    const auto length = static_cast<off_t>(text.size());
    if (::ftruncate(descriptor_, 0) != 0) throw file_error("write", path_, errno);
    const ssize_t done = ::pwrite(descriptor_, text.data(), text.size(), 0);
    if (done != length) throw file_error("write", path_, done < 0 ? errno : ENOSPC);
  }

  void renew() const { ::futimens(descriptor_, nullptr); }

  void remove() const {
    if (descriptor_ >= 0) ::unlink(path_.c_str());
  }

  std::time_t renewed() const { return renewed_at(descriptor_); }

 private:
  /// Whether the path still leads to the file that was locked: its last holder may just have removed it.
  bool is_in_place() const {
    struct stat locked {
    }, there{};
    return ::fstat(descriptor_, &locked) == 0 && ::lstat(path_.c_str(), &there) == 0 && locked.st_ino == there.st_ino;
  }

  void close() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  fs::path path_;
  int descriptor_ = -1;
};

struct Holder {
  Owner owner;
  std::string work, since;
};

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32] = "";
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
  return text;
}

std::string text_of(const Owner& owner, const std::string& work) {
  return json_text(Json{{"host", owner.host},
                        {"boot", owner.boot},
                        {"space", owner.space},
                        {"pid", owner.pid},
                        {"start", owner.start},
                        {"work", work.substr(0, 1024)},
                        {"since", now_text()}}) +
         "\n";
}

/// Nothing when the text is no lease: whoever wrote it was killed in between, as the file was not locked any more.
std::optional<Holder> holder_in(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  const std::string where = lease_file;
  try {
    return Holder{{json_get<std::string>(json, "host", where), json_get<std::string>(json, "boot", where),
                   json_get<std::uint64_t>(json, "space", where), json_get<std::int64_t>(json, "pid", where),
                   json_get<std::uint64_t>(json, "start", where)},
                  json_get<std::string>(json, "work", where),
                  json_get<std::string>(json, "since", where)};
  } catch (const Error&) {
    return {};
  }
}

/// Since the lease was renewed, by the clock of the file system, which all hosts share: that of a new file.
seconds age_of(const LockedFile& lease, const fs::path& folder) {
  const NewFile now(folder / lease_file);
  return seconds(renewed_at(now.descriptor()) - lease.renewed());
}

void check_free(const LockedFile& file, const fs::path& folder) {
  const auto holder = holder_in(file.read());
  if (!holder) return;
  const Life life = life_of(holder->owner);
  const seconds age = age_of(file, folder);
  if (life == Life::dead || (life == Life::unknown && age > lasts)) return;
  const std::string who =
      fmt::format("process {} on {} since {}: {}", holder->owner.pid, holder->owner.host, holder->since, holder->work);
  const std::string until = life == Life::alive
                                ? "Wait until it has ended, or choose another folder"
                                : fmt::format(
                                      "Wait until it has ended, or choose another folder. If it is dead, its lease "
                                      "ends in {} s",
                                      (lasts - age).count() + 1);
  throw Error("another lutra works in " + folder.string(), who, until);
}

}  // namespace

Lease::Lease(const fs::path& folder, const std::string& work)
    : folder_(folder), file_(folder / lease_file), text_(text_of(this_process(), work)) {
  std::error_code failed;
  made_folder_ = !fs::exists(folder, failed);
  make_folder(folder);
  {
    const LockedFile file(file_, true);
    check_free(file, folder);
    file.write(text_);
  }
  renewal_ = std::thread([this] { renew_until_end(); });
}

Lease::~Lease() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  renewal_.join();
  const LockedFile file(file_, false);
  if (file.read() != text_) return;
  file.remove();
  std::error_code not_empty;
  if (made_folder_) fs::remove(folder_, not_empty);
}

bool Lease::is_ours() const { return LockedFile(file_, false).read() == text_; }

void Lease::renew_until_end() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, renewed_every, [this] { return end_; })) {
    const LockedFile file(file_, false);
    if (file.read() == text_) file.renew();
  }
}

void Lease::check() const {
  if (is_ours()) return;
  throw Error("another lutra took over " + folder_.string(),
              "this one was stopped for longer than its lease lasts, or its file " + file_.string() + " was removed",
              "Run it again when the other has ended");
}

}  // namespace lutra
