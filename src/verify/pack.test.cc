#include "verify/pack.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace lutra {
namespace {

TEST(Pack, ElementsFollowEachOtherFromBitZero) {
  const std::vector<std::int16_t> input = {3, 0, 1, 2};
  EXPECT_EQ(pack_input(input, {2, 0, false}), std::vector<std::uint32_t>{0b10'01'00'11});
}

TEST(Pack, NegativeValuesAreTwosComplement) {
  const std::vector<std::int16_t> input = {-1, -4, 3};
  EXPECT_EQ(pack_input(input, {3, 0, true}), std::vector<std::uint32_t>{0b011'100'111});
}

TEST(Pack, ValuesMayStraddleWords) {
  const std::vector<std::int16_t> input(11, 5);
  const std::vector<std::uint32_t> words = pack_input(input, {3, 0, false});
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(words[1], 0b1u);  // elements 0..9 fill 30 bits; element 10 = 101 in binary starts at bit 30
  EXPECT_EQ(words[0] >> 30, 0b01u);
}

TEST(Pack, UnpackInvertsPackForAnyFormats) {
  EXPECT_TRUE(rc::check([] {
    const int count = *rc::gen::inRange(1, 20);
    std::vector<Format> formats;
    std::vector<std::int64_t> values;
    std::size_t bits = 0;
    for (int i = 0; i < count; ++i) {
      const Format format{*rc::gen::inRange(1, 64), 0, *rc::gen::arbitrary<bool>()};
      formats.push_back(format);
      values.push_back(limit(*rc::gen::arbitrary<std::int64_t>(), format, Overflow::wrap));
      bits += static_cast<std::size_t>(format.bits);
    }
    std::vector<std::uint32_t> words(port_words(bits));
    std::size_t position = 0;
    for (int i = 0; i < count; ++i) {
      pack_bits(words, position, formats[i].bits, values[i]);
      position += static_cast<std::size_t>(formats[i].bits);
    }
    RC_ASSERT(unpack_output(words, formats) == values);
  }));
}

}  // namespace
}  // namespace lutra
