#include "compile/unshare.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "base/random.h"

namespace lutra {
namespace {

using Coefficients = std::map<std::pair<int, int>, std::int64_t>;  // of (input, delay)

void add_up(const SharedSystem& system, int inputs, const std::vector<Digit>& digits, int delay, std::int64_t factor,
            Coefficients& sum) {
  for (const Digit& d : digits) {
    const std::int64_t weight = (factor << d.shift) * (d.negative ? -1 : 1);
    if (d.signal >= inputs)
      add_up(system, inputs, system.shared[static_cast<std::size_t>(d.signal - inputs)], delay + d.delay, weight, sum);
    else if ((sum[{d.signal, delay + d.delay}] += weight) == 0)
      sum.erase({d.signal, delay + d.delay});
  }
}

std::vector<Coefficients> rows_of(const SharedSystem& system, int inputs) {
  std::vector<Coefficients> rows;
  for (const auto& row : system.rows) add_up(system, inputs, row, 0, 1, rows.emplace_back());
  return rows;
}

LinearSystem random_system(Random& random, int inputs) {
  LinearSystem system;
  for (int i = 0; i < inputs; ++i) system.inputs.push_back({{0, 1 + random.below(15)}, 0});
  for (int r = 0; r < 8; ++r) {
    auto& row = system.rows.emplace_back();
    for (int i = 0; i < inputs; ++i)
      for (const Digit& d : signed_digits(i, static_cast<std::int64_t>(random.below(15)) - 7, r % 3)) row.push_back(d);
  }
  return system;
}

RC_GTEST_PROP(UnshareSums, RowsStayTheSame, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>(), RandomStream::verify, 2);
  const int inputs = 2 + static_cast<int>(random.below(8));
  const LinearSystem system = random_system(random, inputs);
  std::vector<Interval> ranges;
  for (const LinearInput& i : system.inputs) ranges.push_back(i.range);
  const SharedSystem before = share_sums(system, {});
  const std::vector<RowTarget> targets(system.rows.size(), RowTarget{3, 5, 0});
  const SharedSystem after = unshare_sums(before, ranges, targets, {random.chance(0.5)}).system;
  RC_ASSERT(rows_of(after, inputs) == rows_of(before, inputs));
  RC_ASSERT(after.shared.size() <= before.shared.size());
}

/// x + y in two rows of three others: an adder of its own saves nothing where adders take three operands.
TEST(UnshareSums, APairUsedTwicePaysOnlyWithAddersOfTwo) {
  const std::vector<Interval> ranges(8, Interval{0, 15});
  SharedSystem system;
  system.shared = {{{0}, {1}}};
  system.rows = {{{8}, {2}, {3}, {4}}, {{8}, {5}, {6}, {7}}};
  const std::vector<RowTarget> targets(2);
  EXPECT_TRUE(unshare_sums(system, ranges, targets, {true}).system.shared.empty());
  EXPECT_EQ(unshare_sums(system, ranges, targets, {false}).system.shared.size(), 1u);
}

}  // namespace
}  // namespace lutra
