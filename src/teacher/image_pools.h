#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <thread>
#include <vector>

#include "event/events_file.h"

namespace lutra {

/// The images of an events file as they are needed: sparse hits are read in pools of consecutive events, the next pool
/// by a worker while the last one is in use, and turned into dense images for the events of one batch. Only a few pools
/// are in memory at any time. While one exists, no other thread may use HDF5.
class ImagePools {
 public:
  static constexpr std::uint32_t pool_events = 1 << 15;

  /// Error when the file is missing, damaged or foreign.
  explicit ImagePools(const std::filesystem::path& path);
  ~ImagePools();
  ImagePools(const ImagePools&) = delete;
  ImagePools& operator=(const ImagePools&) = delete;

  const ImageShape& shape() const { return reader_.shape(); }
  std::uint64_t size() const { return reader_.size(); }

  /// Dense images of events given by their place in the file, [events][layers][strips]: 1 where a strip fired, else 0.
  /// Can be called from several threads; quick when the events are near each other.
  std::vector<float> images(std::span<const std::uint32_t> events);

 private:
  using Pool = std::shared_ptr<const EventBatch>;
  struct Held {
    std::size_t index;
    Pool pool;
  };

  Pool pool(std::size_t index);
  Pool find(std::size_t index) const;
  std::size_t next_to_load() const;
  void work();

  EventReader reader_;                           // the worker's, once it runs
  std::vector<EventReader::Position> position_;  // of each pool
  std::mutex mutex_;                             // guards all below
  std::condition_variable changed_;
  std::set<std::size_t> wanted_;
  std::deque<Held> held_;  // the last ones loaded, oldest first
  std::size_t asked_ = 0;  // last pool that was asked for
  std::exception_ptr failure_;
  bool stop_ = false;
  std::thread worker_;
};

}  // namespace lutra
