#pragma once
#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace lutra {

/// What a stream of random numbers is for. Streams of one event never overlap. Append only: the numbers are part of
/// what "same seed, same bytes" means.
enum class RandomStream : std::uint32_t {
  muon = 1,       // kinematics and vertex
  transport = 2,  // scattering, energy loss
  response = 3,   // efficiency, cluster size, secondaries
  noise = 4,      // electronic and cavern noise
  split = 5,      // train / validation / test
  initialise = 6,
  shuffle = 7,
  verify = 8,
  sample = 9,  // random share of the training events
};

/// Counter-based random numbers (Philox4x32-10, Salmon et al., SC11): a pure function of (seed, stream, index,
/// position), so any event can be made on any thread in any order.
class Random {
 public:
  Random(std::uint64_t seed, RandomStream stream, std::uint64_t index)
      : key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}},
        counter_{{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32),
                  static_cast<std::uint32_t>(stream), 0}} {}

  /// Uniform in [0, 2^32).
  std::uint32_t bits() {
    if (left_ == 0) refill();
    return drawn_[buffer - left_--];
  }

  /// Uniform in (0, 1), never 0 or 1: safe for a logarithm. Step 2^-32.
  double uniform() { return (static_cast<double>(bits()) + 0.5) * 0x1p-32; }

  double uniform(double lo, double hi) { return lo + (hi - lo) * uniform(); }

  /// Uniform in [0, n), n > 0; bias below n / 2^32 (multiply-shift, Lemire 2019).
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((std::uint64_t{bits()} * n) >> 32); }

  bool chance(double probability) { return uniform() < probability; }

  /// Standard normal (Box-Muller, both values used).
  double normal();

  /// Poisson by multiplication of uniforms (Knuth); 0 <= mean <= 500.
  int poisson(double mean);

 private:
  static constexpr unsigned buffer = 8;

  /// Two blocks at a time: they do not depend on each other, so the processor overlaps their rounds.
  void refill() {
    for (unsigned i = 0; i < buffer; i += 4) {
      const auto block = r123::Philox4x32()(counter_, key_);
      std::copy(block.begin(), block.end(), drawn_.begin() + i);
      ++counter_[3];
    }
    left_ = buffer;
  }

  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;
  std::array<std::uint32_t, buffer> drawn_;  // not set before the first refill, for speed
  unsigned left_ = 0;
  bool has_spare_ = false;
  double spare_ = 0;
};

}  // namespace lutra
