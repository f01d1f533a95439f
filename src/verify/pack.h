#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "fixed/format.h"

namespace lutra {

/// 32-bit words that hold a port of `bits` bits, bit 0 of word 0 first.
inline std::size_t port_words(std::size_t bits) { return (bits + 31) / 32; }

/// Adds the low `bits` bits (1..64) of `value` to a packed port at bit `position`.
void pack_bits(std::span<std::uint32_t> words, std::size_t position, int bits, std::int64_t value);

/// The integer of `format` at bit `position` of a packed port.
std::int64_t unpack_bits(std::span<const std::uint32_t> words, std::size_t position, Format format);

/// One event as the module's in_data: element i at bits [i x format.bits +: format.bits].
std::vector<std::uint32_t> pack_input(std::span<const std::int16_t> input, Format format);

/// The integers in out_data, packed from bit 0 upwards.
std::vector<std::int64_t> unpack_output(std::span<const std::uint32_t> words, std::span<const Format> formats);

}  // namespace lutra
