#pragma once
#include <cstdint>
#include <mutex>
#include <string>

#include "base/progress.h"

namespace lutra {

/// Shares one progress callback between threads that do parts of the same work.
class SharedProgress {
 public:
  SharedProgress(const Progress& progress, std::string what, std::uint64_t total)
      : progress_(progress), what_(std::move(what)), total_(total) {}

  /// Any thread: so much more is done; 0 only lets an interruption through.
  void add(std::uint64_t done) {
    const std::lock_guard lock(mutex_);
    done_ += done;
    progress_(what_, done_, total_);
  }

 private:
  const Progress& progress_;
  std::string what_;
  std::uint64_t total_;
  std::mutex mutex_;
  std::uint64_t done_ = 0;
};

}  // namespace lutra
