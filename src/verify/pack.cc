#include "verify/pack.h"

#include "base/contract.h"

namespace lutra {

void pack_bits(std::span<std::uint32_t> words, std::size_t position, int bits, std::int64_t value) {
  expects(position + static_cast<std::size_t>(bits) <= words.size() * 32, "the value lies inside the port");
  for (int i = 0; i < bits; ++i, ++position)
    words[position / 32] |= static_cast<std::uint32_t>((value >> i) & 1) << (position % 32);
}

std::int64_t unpack_bits(std::span<const std::uint32_t> words, std::size_t position, Format format) {
  expects(position + static_cast<std::size_t>(format.bits) <= words.size() * 32, "the value lies inside the port");
  std::uint64_t value = 0;
  for (int i = 0; i < format.bits; ++i, ++position)
    value |= static_cast<std::uint64_t>((words[position / 32] >> (position % 32)) & 1) << i;
  const bool negative = format.is_signed && ((value >> (format.bits - 1)) & 1);
  if (negative) value |= ~std::uint64_t{0} << format.bits;
  return static_cast<std::int64_t>(value);
}

std::vector<std::uint32_t> pack_input(std::span<const std::int16_t> input, Format format) {
  std::vector<std::uint32_t> words(port_words(input.size() * static_cast<std::size_t>(format.bits)));
  for (std::size_t i = 0; i < input.size(); ++i)
    pack_bits(words, i * static_cast<std::size_t>(format.bits), format.bits, input[i]);
  return words;
}

std::vector<std::int64_t> unpack_output(std::span<const std::uint32_t> words, std::span<const Format> formats) {
  std::vector<std::int64_t> values;
  std::size_t position = 0;
  for (const Format format : formats) {
    values.push_back(unpack_bits(words, position, format));
    position += static_cast<std::size_t>(format.bits);
  }
  return values;
}

}  // namespace lutra
