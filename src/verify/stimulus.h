#pragma once
#include <cstdint>
#include <vector>

#include "fixed/interval.h"

namespace lutra {

/// Inputs at the edges of their range, where carries, signs and saturation go wrong: all smallest, all largest, two
/// checkerboards, then for each input that input alone at its largest (the rest smallest) and alone at its smallest
/// (the rest largest). [events][inputs].
std::vector<std::int16_t> corner_inputs(int inputs, Interval range);

/// `events` random inputs within the range. Each event draws its own occupancy, so that events range from almost empty
/// (like real detector images) to uniform over the range. [events][inputs], a function of the arguments alone.
std::vector<std::int16_t> scattered_inputs(int inputs, Interval range, std::uint64_t seed, std::size_t events);

}  // namespace lutra
