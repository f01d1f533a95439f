#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/progress.h"
#include "rtl/design.h"

namespace lutra {

/// What a design answered to a stream of events.
struct SimulatedEvents {
  std::vector<std::int32_t>
      latency;  // [events] clocks from the (last) in_valid to its out_valid, -1 when it never came
  std::vector<std::int64_t> outputs;  // [events][outputs]
  std::uint64_t unexpected = 0;       // cycles with out_valid high that belong to no event
};

/// A cycle-accurate model of an emitted design, made by Verilator.
class Simulator {
 public:
  /// Builds the model in `work`, or takes the one that is there when neither the sources nor Verilator have changed.
  /// Error when Verilator or a compiler is missing, or refuses the design (with its first message).
  Simulator(const Design& design, const std::filesystem::path& folder, const std::filesystem::path& work, int threads,
            const Progress& progress);

  /// Streams inputs ([events][chunks][inputs] integers of the input format) through the model, one event every
  /// interval_cycles clocks plus gaps[i] idle ones before event i. Several threads may call it at once. `seed` fills
  /// in_data while in_valid is low, and the registers at power-up. Error when the simulation runs longer than
  /// `timeout_s`.
  SimulatedEvents run(std::span<const std::int16_t> inputs, std::span<const std::uint32_t> gaps, std::uint32_t seed,
                      double timeout_s, const std::function<void()>& tick) const;

 private:
  Design design_;
  std::filesystem::path program_;
};

}  // namespace lutra
