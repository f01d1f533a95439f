#pragma once
#include <cstdint>
#include <filesystem>

#include "base/progress.h"
#include "event/event.h"
#include "simulate/config.h"

namespace lutra {

/// Events first ... first + count - 1 of the endless sequence that (config, seed) defines. The same for any number of
/// threads and however the range is cut. Error when the configuration is impossible.
EventBatch simulate(const SimulationConfig& config, std::uint64_t seed, std::uint64_t first, std::size_t count,
                    int threads = 1);

/// A range of events.
struct EventRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// Part k of n (1 <= k <= n) of `events` events; parts differ by at most one event.
EventRange shard(std::uint64_t events, std::uint64_t k, std::uint64_t n);

/// Simulates a range into an events file in bounded memory. Shards written so merge (event/events_file.h) into the
/// bytes of the whole. The file's configuration is {"simulation": ..., "seed": ...}.
void simulate_to_file(const SimulationConfig& config, std::uint64_t seed, EventRange range,
                      const std::filesystem::path& path, int threads, const Progress& progress);

}  // namespace lutra
