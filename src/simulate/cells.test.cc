#include "simulate/cells.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace lutra {
namespace {

TEST(Cells, KeepTheStrongestOriginInOrder) {
  Cells cells;
  cells.add(300, HitOrigin::secondary);
  cells.add(5, HitOrigin::electronic);
  cells.add(300, HitOrigin::muon);
  cells.add(300, HitOrigin::cavern);
  cells.add(64, HitOrigin::cavern);
  cells.add(64, HitOrigin::secondary);
  std::vector<Hit> hits;
  cells.take(3456, hits);
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_EQ(hits[0].cell(), 5);
  EXPECT_EQ(hits[1].cell(), 64);
  EXPECT_EQ(hits[1].origin(), HitOrigin::secondary);
  EXPECT_EQ(hits[2].origin(), HitOrigin::muon);
  hits.clear();
  cells.take(3456, hits);
  EXPECT_TRUE(hits.empty());
}

TEST(Cells, ThatAreAddedAgainMayFillTheListExactly) {
  for (const int fired : {63, 64, 65}) {
    Cells cells;
    for (int cell = 0; cell < fired; ++cell) cells.add(3 * cell, HitOrigin::cavern);
    cells.add(3 * 7, HitOrigin::muon);
    std::vector<Hit> hits;
    cells.take(3456, hits);
    for (int cell = 0; cell < fired; ++cell)
      EXPECT_EQ(hits[static_cast<std::size_t>(cell)].cell(), 3 * cell) << fired << " cells";
  }
}

RC_GTEST_PROP(Cells, GiveWhatWasAddedHoweverMuch, ()) {
  static Cells cells;  // also shows that take() empties it
  const auto added = *rc::gen::scale(3.0, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3456)));
  std::map<int, HitOrigin> expected;
  for (const int cell : added) {
    cells.add(cell, HitOrigin::cavern);
    expected[cell] = HitOrigin::cavern;
  }
  std::vector<Hit> hits = {Hit(1, HitOrigin::muon)};
  cells.take(3456, hits);
  RC_ASSERT(hits.size() == expected.size() + 1);
  std::size_t i = 1;
  for (const auto& [cell, origin] : expected) RC_ASSERT(hits[i++].packed() == Hit(cell, origin).packed());
}

}  // namespace
}  // namespace lutra
