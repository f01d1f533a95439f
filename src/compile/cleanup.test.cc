#include "compile/cleanup.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "compile/side_by_side.h"
#include "ir/check.h"
#include "ir/interpret.h"

namespace lutra {
namespace {

Program frame(Format format = {3, 0, false}) {
  Program p;
  p.inputs = 2;
  p.input_format = format;
  p.layers = {"layer"};
  return p;
}

TEST(RemoveDead, DropsValuesAndTablesButNoInput) {
  Builder b(frame());
  const int x = b.input(0);
  b.table(x, {7, 6, 5, 4, 3, 2, 1, 0}, 0, 0);  // dead
  const int squares = b.table(x, {0, 1, 4, 9, 16, 25, 36, 49}, 0, 0);
  b.sum({{squares}, {b.input(1)}}, 1, 0);  // dead
  b.output(b.clamp(squares, {0, 20}), {5, 0, false});
  const Program before = std::move(b).finish(), after = remove_dead(before);
  check_program(after, "cleaned");
  EXPECT_EQ(before.values.size(), 6u);
  EXPECT_EQ(after.values.size(), 4u);  // both inputs, the table, the clamp
  EXPECT_EQ(after.tables, (std::vector<std::vector<std::int64_t>>{{0, 1, 4, 9, 16, 25, 36, 49}}));
  for (std::int64_t v = 0; v < 8; ++v)
    EXPECT_EQ(interpret(after, std::vector<std::int64_t>{v, 0})[0], std::min<std::int64_t>(v * v, 20));
  EXPECT_EQ(remove_dead(after), after);
}

TEST(RemoveDead, TablesComeInTheOrderOfTheirFirstUse) {
  Builder b(frame());
  const std::vector<std::int64_t> up{0, 1, 2, 3, 4, 5, 6, 7}, down{7, 6, 5, 4, 3, 2, 1, 0};
  const int x = b.input(0), y = b.input(1);
  b.table(b.sum({{x}}, 1, 0), {0, 1, 2, 3, 4, 5, 6, 7, 8}, 0, 0);  // dead
  for (const int out : {b.table(x, down, 0, 0), b.table(y, up, 0, 0), b.table(y, down, 0, 0)})
    b.output(out, {3, 0, false});
  const Program after = remove_dead(std::move(b).finish());
  EXPECT_EQ(after.tables, (std::vector<std::vector<std::int64_t>>{down, up}));
  EXPECT_EQ(interpret(after, std::vector<std::int64_t>{2, 3}), (std::vector<std::int64_t>{5, 3, 4}));
}

/// Two's complement patterns side by side, the first lowest.
TEST(SideBySide, IsTheBitsOfTheParts) {
  Builder b(frame({3, 0, true}));
  const int x = b.input(0), y = b.input(1);
  const int index = side_by_side(b, {{x, 3}, {y, 4}, {x, 3}, {y, 3}}, 2);
  b.output(index, {13, 0, false});
  EXPECT_EQ(b.value(index).frac, 2);
  const Program p = std::move(b).finish();
  check_program(p, "side by side");
  for (std::int64_t i = -4; i < 4; ++i)
    for (std::int64_t j = -4; j < 4; ++j)
      EXPECT_EQ(interpret(p, std::vector<std::int64_t>{i, j})[0],
                (i & 7) | (j & 15) << 3 | (i & 7) << 7 | (j & 7) << 10);
}

/// x times y from a table of both, signed and unsigned.
TEST(TableOf, LooksUpSignedResults) {
  Builder b(frame({3, 0, true}));
  TruthTable product{6, 6, {}};
  for (std::int64_t pattern = 0; pattern < 64; ++pattern) {
    const std::int64_t x = (pattern & 7) - (pattern & 4) * 2, y = (pattern >> 3 & 7) - (pattern >> 3 & 4) * 2;
    product.patterns.push_back(static_cast<std::uint64_t>(x * y) & 63);
  }
  for (const Format format : {Format{6, 0, true}, Format{6, 0, false}})
    b.output(table_of(b, {{b.input(0), 3}, {b.input(1), 3}}, product, format), format);
  const Program p = std::move(b).finish();
  check_program(p, "table of");
  for (std::int64_t i = -4; i < 4; ++i)
    for (std::int64_t j = -4; j < 4; ++j)
      EXPECT_EQ(interpret(p, std::vector<std::int64_t>{i, j}), (std::vector<std::int64_t>{i * j, i * j & 63}));
}

}  // namespace
}  // namespace lutra
