#include "teacher/image_pools.h"

#include <algorithm>

#include "base/contract.h"

namespace lutra {
namespace {

constexpr std::size_t most_pools = 4;

}  // namespace

ImagePools::ImagePools(const std::filesystem::path& path) : reader_(path) {
  while (reader_.position().event < reader_.size()) {
    position_.push_back(reader_.position());
    reader_.skip(pool_events);
  }
  worker_ = std::thread([this] { work(); });
}

ImagePools::~ImagePools() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

std::vector<float> ImagePools::images(std::span<const std::uint32_t> events) {
  const auto cells = static_cast<std::size_t>(shape().cells());
  std::vector<float> images(events.size() * cells);
  Pool batch;
  std::size_t index = position_.size();
  for (std::size_t i = 0; i < events.size(); ++i) {
    expects(events[i] < size(), "an event of the file");
    if (!batch || events[i] / pool_events != index) {
      index = events[i] / pool_events;
      batch = pool(index);
    }
    const std::size_t e = events[i] % pool_events;
    for (std::uint32_t h = batch->hit_begin[e]; h < batch->hit_begin[e + 1]; ++h)
      images[i * cells + static_cast<std::size_t>(batch->hits[h].cell())] = 1;
  }
  return images;
}

ImagePools::Pool ImagePools::find(std::size_t index) const {
  const auto found = std::ranges::find(held_, index, &Held::index);
  return found == held_.end() ? nullptr : found->pool;
}

ImagePools::Pool ImagePools::pool(std::size_t index) {
  std::unique_lock lock(mutex_);
  asked_ = index;
  for (;;) {
    if (failure_) std::rethrow_exception(failure_);
    const Pool found = find(index);
    changed_.notify_all();  // the worker may read on
    if (found) return found;
    wanted_.insert(index);
    changed_.wait(lock);
  }
}

/// What is waited for, or else what will be asked for next; the number of pools when there is nothing to do.
std::size_t ImagePools::next_to_load() const {
  if (!wanted_.empty()) return *wanted_.begin();
  const std::size_t next = (asked_ + 1) % position_.size();
  return held_.empty() || find(next) ? position_.size() : next;
}

void ImagePools::work() {
  std::unique_lock lock(mutex_);
  while (!stop_ && !failure_) {
    const std::size_t index = position_.empty() ? 0 : next_to_load();
    if (index == position_.size()) {
      changed_.wait(lock);
      continue;
    }
    lock.unlock();
    Pool pool;
    std::exception_ptr failure;
    try {
      reader_.go_to(position_[index]);
      pool = std::make_shared<const EventBatch>(reader_.next(pool_events));
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    failure_ = failure;
    wanted_.erase(index);
    held_.push_back({index, pool});
    if (held_.size() > most_pools) held_.pop_front();
    changed_.notify_all();
  }
}

}  // namespace lutra
