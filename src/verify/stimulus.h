#pragma once
#include <cstdint>
#include <vector>

#include "fixed/format.h"

namespace lutra {

/// Inputs at the edges of the format, where carries, signs and saturation go wrong: all smallest, all largest, two
/// checkerboards, then for each input that input alone at its largest (the rest smallest) and alone at its smallest
/// (the rest largest). [events][inputs].
std::vector<std::int16_t> corner_inputs(int inputs, Format format);

/// `events` random inputs within the format. Each event draws its own occupancy, so that events range from almost empty
/// (like real detector images) to uniform over the format. [events][inputs], a function of the arguments alone.
std::vector<std::int16_t> scattered_inputs(int inputs, Format format, std::uint64_t seed, std::size_t events);

}  // namespace lutra
