#pragma once
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace lutra {

/// The right to write into a folder, for one process at a time, also when the folder lies on a file system that other
/// hosts share. The file .lutra-lease in the folder names the holder: host, boot, process and its start. While this
/// object lives, the file's time is renewed every 20 s. Whoever finds the lease of a process that is dead on this host
/// takes it over at once; the lease of another host ends 120 s after it was last renewed.
class Lease {
 public:
  /// Makes the folder. `work` says what is done there, for the message of others. Error naming the holder when
  /// another process has the lease; another lease of this process is an Error too.
  Lease(const std::filesystem::path& folder, const std::string& work);

  /// Gives it back, so that no file stays, nor an empty folder that was made for it.
  ~Lease();
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  /// Error when somebody else took the lease meanwhile: this process was stopped for longer than it lasts.
  void check() const;

 private:
  bool is_ours() const;
  void renew_until_end();

  std::filesystem::path folder_, file_;
  std::string text_;
  bool made_folder_ = false;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread renewal_;
};

inline constexpr const char* lease_file = ".lutra-lease";

}  // namespace lutra
