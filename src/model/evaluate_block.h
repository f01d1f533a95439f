#pragma once
#include <cstdint>
#include <span>

#include "model/unroll.h"

namespace lutra {

/// Events evaluated side by side.
inline constexpr std::size_t block_events = 64;

/// Whether 32-bit arithmetic holds every intermediate of the network, rounding included.
bool fits_32_bits(const UnrolledNetwork& network);

/// The reference evaluator for block_events events at once, vectorised over events; only for networks that fit 32 bits.
/// values: [elements][block_events], the inputs filled in; on return every element is.
void evaluate_block(const UnrolledNetwork& network, std::span<std::int32_t> values);

}  // namespace lutra
