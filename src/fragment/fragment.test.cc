#include "fragment/fragment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "base/error.h"
#include "base/temporary.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "fragment/window.h"

namespace lutra {
namespace {

/// One event with muon hits at the given cells.
EventBatch one_event(const std::set<int>& cells, const std::vector<Muon>& muons) {
  EventBatch batch;
  for (const int cell : cells) batch.hits.emplace_back(cell, HitOrigin::muon);
  batch.hit_begin.push_back(static_cast<std::uint32_t>(batch.hits.size()));
  batch.muons = muons;
  batch.muon_begin.push_back(static_cast<std::uint32_t>(muons.size()));
  return batch;
}

/// The definition, by counting.
int slow_start(const std::vector<std::uint16_t>& columns, int strips, int width, int stride) {
  int best = 0, most = -1;
  for (int start = 0; start + width <= strips; start += stride) {
    int hits = 0;
    for (const int column : columns) hits += start <= column && column < start + width;
    if (hits > most) best = start, most = hits;
  }
  return best;
}

/// Both searches, for few and for many hits.
RC_GTEST_PROP(WindowSearch, FindsTheLowestOfTheBestWindows, ()) {
  ImageShape shape;
  shape.strips = *rc::gen::inRange(1, 200);
  const int width = *rc::gen::inRange(1, shape.strips + 1);
  const int stride = *rc::gen::inRange(1, 20);
  const auto columns =
      *rc::gen::scale(2.0, rc::gen::container<std::vector<std::uint16_t>>(
                               rc::gen::inRange<std::uint16_t>(0, static_cast<std::uint16_t>(shape.strips))));
  WindowSearch search(shape, width, stride);
  RC_ASSERT(search.start(columns) == slow_start(columns, shape.strips, width, stride));
  RC_ASSERT(search.start(columns) == slow_start(columns, shape.strips, width, stride));
}

TEST(Fragment, PoolsExactly) {
  const EventBatch event = one_event({100, 101, 103, 384 + 110, 8 * 384 + 131, 8 * 384 + 300}, {{10, 0.5f, 1, -1}});
  const Dataset data = fragment(event, ImageShape{}, {});
  ASSERT_EQ(data.rows, 9);
  ASSERT_EQ(data.cols, 16);
  EXPECT_EQ(data.input_format, (Format{2, 1, false}));
  ASSERT_EQ(data.window_start[0], 100);
  EXPECT_EQ(data.input(0)[0], 2);
  EXPECT_EQ(data.input(0)[1], 1);
  EXPECT_EQ(data.input(0)[16 + 5], 1);
  EXPECT_EQ(data.input(0)[8 * 16 + 15], 1);
  EXPECT_FLOAT_EQ(find_column(data, "containment")->values[0], 5.0f / 6);
  EXPECT_EQ(find_column(data, "charge")->values[0], -1);
  EXPECT_EQ(data.truth, (std::vector<float>{10, 0.5f}));
}

TEST(Fragment, EtaIsRelativeToTheWindow) {
  const ImageShape shape;
  const Dataset data = fragment(one_event({200}, {{10, 0.5f, 1, 1}}), shape, {});
  const int start = data.window_start[0];
  EXPECT_EQ(start, 169);
  EXPECT_NEAR(data.targets[1].to_physical(0, start), shape.eta_first + start * shape.eta_pitch, 1e-12);
  EXPECT_NEAR(data.targets[1].to_physical(1, start), shape.eta_first + (start + 32) * shape.eta_pitch, 1e-12);
}

TEST(Fragment, MuonlessEventsPointToTheCentre) {
  const Dataset data = fragment(one_event({50}, {}), ImageShape{}, {});
  EXPECT_EQ(data.truth[0], 0);
  EXPECT_NEAR(data.targets[1].to_scaled(data.truth[1], data.window_start[0]), 0.5, 1e-4);
  EXPECT_EQ(find_column(data, "muons")->values[0], 0);
}

TEST(Fragment, ChargeIsATargetWhenAskedFor) {
  FragmentConfig config;
  config.charge = true;
  const Dataset muon = fragment(one_event({100}, {{10, 0.5f, 1, -1}}), ImageShape{}, config);
  ASSERT_EQ(muon.targets.size(), 3u);
  EXPECT_EQ(muon.truth, (std::vector<float>{10, 0.5f, -1}));
  EXPECT_EQ(muon.targets[2].to_scaled(-1, 0), 0);
  EXPECT_EQ(fragment(one_event({100}, {}), ImageShape{}, config).truth[2], 0);
}

TEST(Fragment, TheLeadingOfTwoMuonsIsTheTarget) {
  const Dataset data = fragment(one_event({50}, {{4, 0.1f, 0, 1}, {9, 0.2f, 0, -1}}), ImageShape{}, {});
  EXPECT_EQ(data.truth[0], 9);
  EXPECT_EQ(find_column(data, "muons")->values[0], 2);
}

TEST(Fragment, FilesGiveTheSameForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  write_events(folder / "e.h5", ImageShape{}, 0, {{"seed", 1}}, [](EventWriter& writer) {
    for (std::uint64_t i = 0; i < 10000; ++i) {
      EventBatch event = one_event({static_cast<int>(i * 37 % 3456), static_cast<int>(i * 91 % 3456)}, {{10, 0, 0, 1}});
      event.first = i;
      writer.append(event);
    }
  });
  FragmentConfig config;
  config.train = 0.5;
  config.validation = 0.2;
  for (const int threads : {1, 4})
    fragment_to_file(folder / "e.h5", config, folder / std::to_string(threads), threads, no_progress);
  EXPECT_EQ(read_text(folder / "1"), read_text(folder / "4"));
  const DatasetFile one = read_dataset(folder / "1");
  EventReader reader(folder / "e.h5");
  const Dataset whole = fragment(reader.next(10000), ImageShape{}, config);
  EXPECT_EQ(one.data.inputs, whole.inputs);
  EXPECT_EQ(one.data.truth, whole.truth);
  EXPECT_EQ(one.data.window_start, whole.window_start);
  EXPECT_EQ(one.data.split, whole.split);
  EXPECT_EQ(one.config.at("events"), Json({{"seed", 1}}));
  // Binomial: 5 standard deviations are 250 and 200.
  EXPECT_NEAR(static_cast<double>(std::ranges::count(one.data.split, Split::train)), 5000, 250);
  EXPECT_NEAR(static_cast<double>(std::ranges::count(one.data.split, Split::validation)), 2000, 200);
}

TEST(Fragment, ImpossibleRequestsAreErrors) {
  const EventBatch event = one_event({50}, {});
  const auto fails = [&](auto change) {
    FragmentConfig config;
    change(config);
    EXPECT_THROW(fragment(event, ImageShape{}, config), Error);
  };
  fails([](auto& c) { c.window = 385; });
  fails([](auto& c) { c.stride = 0; });
  fails([](auto& c) { c.pool_cols = 3; });
  fails([](auto& c) { c.pool_rows = 2; });
  fails([](auto& c) { c.pool_rows = 3; });
  fails([](auto& c) { c.train = 0.95, c.validation = 0.1; });
  const TemporaryFolder folder;
  write_events(folder / "e.h5", ImageShape{}, 0, {}, [](EventWriter&) {});
  EXPECT_THROW(fragment_to_file(folder / "e.h5", {}, folder / "f.h5", 1, no_progress), Error);
}

}  // namespace
}  // namespace lutra
