#include "event/batch.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"

namespace lutra {
namespace {

/// Events 7 (two hits, a muon), 8 (nothing) and 9 (one hit, two muons).
EventBatch three() {
  EventBatch batch;
  batch.first = 7;
  batch.hits = {Hit(3, HitOrigin::muon), Hit(20, HitOrigin::cavern), Hit(5, HitOrigin::secondary)};
  batch.hit_begin = {0, 2, 2, 3};
  batch.muons = {{10, 0.5f, 1, 1}, {5, 0.1f, 0, -1}, {6, 0.2f, 0, 1}};
  batch.muon_begin = {0, 1, 1, 3};
  return batch;
}

TEST(AppendEvents, PutsPiecesTogetherAgain) {
  const EventBatch whole = three();
  for (std::size_t cut = 0; cut <= 3; ++cut) {
    EventBatch joined;
    append_events(joined, whole, 0, cut);
    append_events(joined, whole, cut, 3);
    EXPECT_EQ(joined.first, 7u);
    EXPECT_EQ(joined.hit_begin, whole.hit_begin);
    EXPECT_EQ(joined.muon_begin, whole.muon_begin);
    EXPECT_EQ(joined.muons, whole.muons);
    ASSERT_EQ(joined.hits.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(joined.hits[i].packed(), whole.hits[i].packed());
  }
}

TEST(AppendEvents, AnEmptyBatchTakesOverTheIndex) {
  EventBatch last;
  append_events(last, three(), 2, 3);
  EXPECT_EQ(last.first, 9u);
  EXPECT_EQ(last.hit_begin, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(last.muon_begin, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_DEATH(append_events(last, three(), 0, 1), "batches follow each other");
  EXPECT_DEATH(append_events(last, three(), 2, 4), "begin <= end <= size");
}

TEST(CheckEvents, NamesTheEvent) {
  const ImageShape shape{2, 12, 0, 0.1};  // 24 cells
  EXPECT_NO_THROW(check_events(three(), shape, "f"));
  const auto message = [&](auto damage) -> std::string {
    EventBatch batch = three();
    damage(batch);
    try {
      check_events(batch, shape, "f");
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  };
  for (const int cell : {3, 2})  // twice, or out of order
    EXPECT_NE(message([&](EventBatch& b) { b.hits[1] = Hit(cell, HitOrigin::muon); }).find("f: event 7"),
              std::string::npos);
  EXPECT_NE(message([](EventBatch& b) { b.hits[2] = Hit(24, HitOrigin::muon); }).find("f: event 9"), std::string::npos);
  EXPECT_EQ(message([](EventBatch& b) { b.hits[2] = Hit(23, HitOrigin::muon); }), "");
  const float none = std::numeric_limits<float>::quiet_NaN();
  for (const Muon& muon : {Muon{0, 0, 0, 1}, Muon{-1, 0, 0, 1}, Muon{none, 0, 0, 1}, Muon{5, none, 0, 1},
                           Muon{5, 0, none, 1}, Muon{5, 0, 0, 0}, Muon{5, 0, 0, 2}})
    EXPECT_NE(message([&](EventBatch& b) { b.muons[2] = muon; }).find("f: event 9"), std::string::npos);
}

TEST(Batch, TheLeadingMuonIsTheFirstOfHighestPt) {
  EventBatch batch;
  batch.muons = {{30, 0.1f, 0, 1}, {4, 0.2f, 0, 1}, {9, 0.3f, 0, -1}, {9, 0.4f, 0, 1}, {50, 0.5f, 0, 1}};
  batch.muon_begin = {0, 1, 1, 4, 5};
  batch.hit_begin = {0, 0, 0, 0, 0};
  EXPECT_EQ(leading_muon(batch, 0), &batch.muons[0]);
  EXPECT_EQ(leading_muon(batch, 1), nullptr);
  EXPECT_EQ(leading_muon(batch, 2), &batch.muons[2]);
}

TEST(Hit, PacksCellAndOrigin) {
  for (const int cell : {0, 1, 384, max_cells - 1})
    for (const HitOrigin origin : {HitOrigin::electronic, HitOrigin::cavern, HitOrigin::muon, HitOrigin::secondary}) {
      const Hit hit(cell, origin);
      EXPECT_EQ(hit.cell(), cell);
      EXPECT_EQ(hit.origin(), origin);
      EXPECT_EQ(Hit::from_packed(hit.packed()).packed(), hit.packed());
    }
}

}  // namespace
}  // namespace lutra
