#include "compile/digits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "compile/pattern_counts.h"
#include "fixed/wide.h"

namespace lutra {
namespace {

Wide value_of(const std::vector<Digit>& digits) {
  Wide sum = 0;
  for (const Digit& d : digits) sum += (d.negative ? Wide{-1} : Wide{1}) * (Wide{1} << d.shift);
  return sum;
}

/// Fewest signed digits, by their recursion: an even number has those of its half, an odd one a digit more than the
/// better of its neighbours.
int fewest(std::int64_t weight) {
  if (weight == 0) return 0;
  if (weight < 0) return fewest(-weight);
  if (weight % 2 == 0) return fewest(weight / 2);
  return 1 + (weight == 1 ? 0 : std::min(fewest((weight - 1) / 2), fewest((weight + 1) / 2)));
}

TEST(SignedDigits, AreTheWeightAndAsFewAsPossible) {
  for (std::int64_t weight = -300; weight <= 300; ++weight)
    for (const bool low_threes : {false, true}) {
      const auto digits = signed_digits(0, weight, 0, low_threes);
      EXPECT_EQ(value_of(digits), weight);
      EXPECT_EQ(static_cast<int>(digits.size()), fewest(weight)) << weight;
    }
  for (const std::int64_t limit : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
    EXPECT_EQ(value_of(signed_digits(0, limit)), Wide{limit});
}

TEST(SignedDigits, NoTwoNeighboursAreSetAndTheLowestComesFirst) {
  for (std::int64_t weight = 1; weight <= 300; ++weight) {
    const auto digits = signed_digits(0, weight);
    for (std::size_t i = 1; i < digits.size(); ++i) EXPECT_GE(digits[i].shift, digits[i - 1].shift + 2) << weight;
  }
}

TEST(SignedDigits, CarryTheirSignalAndDelay) {
  EXPECT_EQ(signed_digits(5, -6, 2), (std::vector<Digit>{{5, 1, false, 2}, {5, 3, true, 2}}));  // 2 - 8
  EXPECT_EQ(signed_digits(5, 6, 2, true), (std::vector<Digit>{{5, 1, false, 2}, {5, 2, false, 2}}));
  EXPECT_EQ(signed_digits(1, 3), (std::vector<Digit>{{1, 0, true}, {1, 2, false}}));
  EXPECT_TRUE(signed_digits(1, 0).empty());
}

TEST(PatternCounts, CountsManyKeysAndKeepsThoseAtZero) {
  PatternCounts counts;
  EXPECT_EQ(counts.count(7), 0);
  for (int round = 1; round <= 3; ++round)
    for (std::uint64_t key = 1; key <= 5000; ++key)
      ASSERT_EQ(counts.add(key << 20 | (key & 3), static_cast<int>(key)), round * static_cast<int>(key));
  for (std::uint64_t key = 1; key <= 5000; ++key)
    ASSERT_EQ(counts.count(key << 20 | (key & 3)), 3 * static_cast<int>(key));
  EXPECT_EQ(counts.count(5001u << 20), 0);
  EXPECT_EQ(counts.add(1u << 20 | 1, -3), 0);
  EXPECT_EQ(counts.add(1u << 20 | 1, 2), 2);
}

}  // namespace
}  // namespace lutra
