#include "compile/sharing.h"

#include <gtest/gtest.h>

#include <map>

namespace lutra {
namespace {

using Coefficients = std::map<std::pair<int, int>, std::int64_t>;  // of (input, delay)

void add_up(const SharedSystem& system, int inputs, const std::vector<Digit>& digits, int delay, std::int64_t factor,
            Coefficients& sum) {
  for (const Digit& d : digits) {
    const std::int64_t weight = (factor << d.shift) * (d.negative ? -1 : 1);
    if (d.signal >= inputs)
      add_up(system, inputs, system.shared[static_cast<std::size_t>(d.signal - inputs)], delay + d.delay, weight, sum);
    else
      sum[{d.signal, delay + d.delay}] += weight;
  }
}

LinearSystem system_of(int inputs, std::vector<std::vector<Digit>> rows) {
  LinearSystem system;
  system.inputs.assign(static_cast<std::size_t>(inputs), {{0, 15}, 0});
  system.rows = std::move(rows);
  return system;
}

void expect_same_rows(const LinearSystem& system, const SharedSystem& shared) {
  const auto inputs = static_cast<int>(system.inputs.size());
  ASSERT_EQ(shared.rows.size(), system.rows.size());
  for (std::size_t r = 0; r < shared.rows.size(); ++r) {
    Coefficients before, after;
    add_up({{}, system.rows}, inputs, system.rows[r], 0, 1, before);
    add_up(shared, inputs, shared.rows[r], 0, 1, after);
    EXPECT_EQ(before, after) << "row " << r;
  }
}

/// x - 4y at another shift, sign and clock is the same sum.
TEST(ShareSums, FindsAPairAtAnyShiftSignAndDelay) {
  const LinearSystem system = system_of(4, {{{0}, {1, 2, true}, {2}}, {{0, 3, true, 5}, {1, 5, false, 5}, {3}}});
  const SharedSystem shared = share_sums(system, {});
  ASSERT_EQ(shared.shared.size(), 1u);
  EXPECT_EQ(shared.shared[0], (SharedSystem::Sum{{0, 0, false}, {1, 2, true}}));
  EXPECT_EQ(shared.rows[0].size(), 2u);
  EXPECT_EQ(shared.rows[1].size(), 2u);
  expect_same_rows(system, shared);
}

TEST(ShareSums, AnotherRelativeShiftSignOrDelayIsAnotherSum) {
  for (const std::vector<Digit>& other :
       {std::vector<Digit>{{0}, {1, 1, true}}, {{0}, {1, 2, false}}, {{0}, {1, 2, true, 1}}}) {
    const LinearSystem system = system_of(2, {{{0}, {1, 2, true}}, other});
    EXPECT_TRUE(share_sums(system, {}).shared.empty());
  }
}

/// Of x + y (twice) and y + z (three times), the one used more often comes first and takes y.
TEST(ShareSums, ThePairThatSavesMoreIsTakenFirst) {
  const LinearSystem system = system_of(5, {{{0}, {1}, {2}}, {{0}, {1}, {2}, {3}}, {{1}, {2}, {4}}});
  const SharedSystem shared = share_sums(system, {});
  ASSERT_FALSE(shared.shared.empty());
  EXPECT_EQ(shared.shared[0], (SharedSystem::Sum{{1}, {2}}));
  expect_same_rows(system, shared);
}

/// (uses - 1) x (4 x bits in which the two meet + 2): what is left of an adder that is built once.
TEST(ShareSums, UsesAndBitsAreWeighed) {
  const std::vector<Digit> four_bits{{0}, {1}}, two_bits{{2}, {3, 2}}, none{{0}, {1, 4}};
  const LinearSystem often = system_of(4, {four_bits, four_bits, two_bits, two_bits, two_bits});  // 18 against 20
  EXPECT_EQ(share_sums(often, {}).shared[0], two_bits);
  const LinearSystem apart = system_of(4, {none, none, none, none, none, two_bits, two_bits});  // 8 against 10
  EXPECT_EQ(share_sums(apart, {}).shared[0], two_bits);
}

TEST(ShareSums, SharedSumsAreSharedAgain) {
  const std::vector<Digit> four{{0}, {1}, {2}, {3}};
  const LinearSystem system = system_of(4, {four, four, four});
  const SharedSystem shared = share_sums(system, {.extra_levels = 2});
  EXPECT_EQ(shared.shared.size(), 3u);
  for (const auto& row : shared.rows) EXPECT_EQ(row.size(), 1u);
  expect_same_rows(system, shared);
}

/// x, y behind three adders, z behind two: x + y would be at level 4 beside z, 16 + 4 of the 16 that four levels hold.
TEST(ShareSums, DoesNotDeepenRowsBeyondTheLimit) {
  LinearSystem system = system_of(3, {{{0}, {1}, {2}}, {{0}, {1}, {2, 1}}});
  system.inputs[1].level = 3;
  system.inputs[2].level = 2;
  EXPECT_EQ(share_sums(system, {.extra_levels = 0}).rows, system.rows);
  const SharedSystem deeper = share_sums(system, {.extra_levels = 1});
  EXPECT_EQ(deeper.shared, std::vector<SharedSystem::Sum>{(SharedSystem::Sum{{0}, {1}})});
  expect_same_rows(system, deeper);
}

TEST(ShareSums, CanBeSwitchedOff) {
  const std::vector<Digit> pair{{0}, {1}};
  const LinearSystem system = system_of(2, {pair, pair});
  const SharedSystem off = share_sums(system, {.enabled = false});
  EXPECT_TRUE(off.shared.empty());
  EXPECT_EQ(off.rows, system.rows);
  EXPECT_EQ(share_sums(system, {}).shared.size(), 1u);
}

}  // namespace
}  // namespace lutra
