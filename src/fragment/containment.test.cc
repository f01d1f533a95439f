#include "fragment/containment.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

constexpr ImageShape shape{3, 64, 0, 0.01};

struct Fired {
  int layer, strip;
  HitOrigin origin;
};

void append(EventBatch& events, const std::vector<Fired>& hits, std::vector<Muon> muons) {
  for (const Fired& hit : hits) events.hits.emplace_back(hit.layer * shape.strips + hit.strip, hit.origin);
  events.hit_begin.push_back(static_cast<std::uint32_t>(events.hits.size()));
  events.muons.insert(events.muons.end(), muons.begin(), muons.end());
  events.muon_begin.push_back(static_cast<std::uint32_t>(events.muons.size()));
}

/// A straight hard muon; a soft one that leaves the window; one that left no hit; noise.
EventBatch four_events() {
  const auto muon = HitOrigin::muon;
  const auto noise = HitOrigin::cavern;
  EventBatch events;
  append(events, {{0, 20, muon}, {1, 20, muon}, {2, 21, muon}}, {{15, 0.2f, 0, 1}});
  append(events, {{0, 4, muon}, {1, 30, muon}, {1, 31, noise}, {1, 32, noise}, {2, 60, muon}}, {{4, 0.2f, 0, 1}});
  append(events, {{0, 9, noise}}, {{18, 0.2f, 0, 1}});
  append(events, {{2, 50, noise}, {2, 51, noise}}, {});
  return events;
}

TEST(Containment, CountsMuonsThatLeftHits) {
  std::vector<ContainmentCount> counts = {{.window_cols = 8, .stride = 1}, {.window_cols = 64, .stride = 1}};
  count_containment(four_events(), shape, 2, counts);
  for (const ContainmentCount& count : counts) {
    EXPECT_EQ(count.muons, 2);
    EXPECT_EQ(count.hard_muons, 1);
    EXPECT_EQ(count.hard_half_contained, 1);
  }
  EXPECT_EQ(counts[0].half_contained, 1);  // the soft muon has one of three hits in the busiest window
  EXPECT_EQ(counts[1].half_contained, 2);  // the whole image holds everything
}

TEST(Containment, BatchesAddUp) {
  std::vector<ContainmentCount> once = {{.window_cols = 8, .stride = 4}};
  count_containment(four_events(), shape, 1, once);
  std::vector<ContainmentCount> twice = once;
  count_containment(four_events(), shape, 1, twice);
  EXPECT_EQ(twice[0].muons, 2 * once[0].muons);
  EXPECT_EQ(twice[0].half_contained, 2 * once[0].half_contained);
}

TEST(Containment, HitsInTheChosenWindow) {
  WindowHits hits;
  count_window_hits(four_events(), shape, 8, 1, 1, hits);
  EXPECT_EQ(hits.muon, (std::vector<std::int64_t>{0, 1, 0, 2}));
  EXPECT_EQ(hits.empty, (std::vector<std::int64_t>{0, 0, 1}));
}

TEST(Containment, AWindowWiderThanTheImageIsAnError) {
  std::vector<ContainmentCount> counts = {{.window_cols = 65, .stride = 1}};
  EXPECT_THROW(count_containment(four_events(), shape, 1, counts), Error);
}

}  // namespace
}  // namespace lutra
