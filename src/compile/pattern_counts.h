#pragma once
#include <cstdint>
#include <vector>

namespace lutra {

/// How often each key (not 0) occurs: an open hash table, as most of the compiler's time goes into counting. Keys stay
/// when their count gets 0.
class PatternCounts {
 public:
  /// Adds to the key's count and returns it.
  int add(std::uint64_t key, int change) {
    if (3 * (used_ + 1) > 2 * entries_.size()) grow();
    Entry& e = entry(key);
    if (e.key == 0) {
      e.key = key;
      ++used_;
    }
    return e.count += change;
  }

  int count(std::uint64_t key) const { return entries_.empty() ? 0 : entries_[place_of(key)].count; }

 private:
  struct Entry {
    std::uint64_t key = 0;
    int count = 0;
  };

  std::size_t place_of(std::uint64_t key) const {
    const std::size_t mask = entries_.size() - 1;
    std::size_t place = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15u) >> 20) & mask;  // Fibonacci hashing
    while (entries_[place].key != 0 && entries_[place].key != key) place = (place + 1) & mask;
    return place;
  }

  Entry& entry(std::uint64_t key) { return entries_[place_of(key)]; }

  void grow() {
    const std::vector<Entry> old = std::move(entries_);
    entries_.assign(old.empty() ? 1024 : 2 * old.size(), {});
    for (const Entry& e : old)
      if (e.key != 0) entry(e.key) = e;
  }

  std::vector<Entry> entries_;
  std::size_t used_ = 0;
};

}  // namespace lutra
