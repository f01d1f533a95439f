#include "simulate/simulate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"
#include "event/batch.h"
#include "event/events_file.h"
#include "event/same_events.test.h"

namespace lutra {
namespace {

std::size_t count(const EventBatch& batch, HitOrigin origin) {
  return static_cast<std::size_t>(
      std::count_if(batch.hits.begin(), batch.hits.end(), [&](Hit hit) { return hit.origin() == origin; }));
}

/// A perfect detector without noise.
SimulationConfig ideal() {
  SimulationConfig config;
  for (StationConfig& station : config.detector.stations) {
    station.plane_efficiency = 1;
    station.loss = station.material_x0 = station.energy_loss_gev = station.straggling_gev = station.secondary_chance =
        0;
  }
  config.detector.dead_regions.clear();
  config.material = {1.5, 4.25, 0, 0, 0, 0.4, 0, 1};
  config.noise.electronic_strips = config.noise.cavern_clusters = 0;
  config.response.cluster_widths = {1, 0, 0, 0};
  config.muon.none = 0;
  config.muon.eta_lo = 0.2;
  config.muon.eta_hi = 0.9;
  config.muon.pt_lo_gev = 10;
  return config;
}

TEST(Simulate, DoesNotDependOnThreadsOrCuts) {
  const SimulationConfig config;
  const EventBatch one = simulate(config, 5, 100, 10000, 1);
  expect_same(one, simulate(config, 5, 100, 10000, 3));
  const EventBatch tail = simulate(config, 5, 9100, 1000, 1);
  EXPECT_TRUE(std::equal(tail.muons.begin(), tail.muons.end(), one.muons.begin() + one.muon_begin[9000]));
  EXPECT_EQ(tail.hits.size(), one.hits.size() - one.hit_begin[9000]);
  EXPECT_NE(simulate(config, 6, 100, 10000, 1).hits.size(), one.hits.size());
}

TEST(Simulate, EventsAreValid) {
  const TemporaryFolder folder;
  const SimulationConfig config;
  simulate_to_file(config, 1, {0, 50000}, folder / "e.h5", 2, no_progress);
  EventReader reader(folder / "e.h5");
  EXPECT_EQ(reader.shape(), ImageShape{});
  const EventBatch all = reader.next(50000);  // checks hits and muons
  expect_same(all, simulate(config, 1, 0, 50000, 1));
  EXPECT_EQ(reader.config().at("seed"), 1);
  EXPECT_LT(static_cast<double>(std::filesystem::file_size(folder / "e.h5")) / 50000, 100);
}

/// Four times the noise: images around the size at which another way of sorting takes over.
TEST(Simulate, EventsAreValidWithMuchNoise) {
  SimulationConfig config;
  config.noise.cavern_clusters *= 4;
  check_events(simulate(config, 1, 0, 50000), config.detector.shape(), "simulated");
}

TEST(Simulate, ShardsMergeIntoTheWhole) {
  const TemporaryFolder folder;
  const SimulationConfig config;
  simulate_to_file(config, 1, {0, 10001}, folder / "whole.h5", 1, no_progress);
  std::vector<std::filesystem::path> shards;
  for (std::uint64_t k = 1; k <= 3; ++k) {
    shards.push_back(folder / std::to_string(k));
    simulate_to_file(config, 1, shard(10001, k, 3), shards.back(), 1, no_progress);
  }
  merge_events(shards, folder / "merged.h5");
  EXPECT_EQ(read_text(folder / "merged.h5"), read_text(folder / "whole.h5"));
}

TEST(Simulate, StopsWhenAskedAndLeavesNoFile) {
  const TemporaryFolder folder;
  const auto interrupt = [](std::string_view, std::uint64_t done, std::uint64_t) {
    if (done > 0) throw Interrupted();
  };
  EXPECT_THROW(simulate_to_file({}, 1, {0, 100000}, folder / "e.h5", 1, interrupt), Interrupted);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "."));
}

TEST(Simulate, AnIdealDetectorGivesOneHitPerPlane) {
  const EventBatch batch = simulate(ideal(), 1, 0, 2000, 1);
  for (std::size_t event = 0; event < batch.size(); ++event) {
    ASSERT_EQ(batch.hit_begin[event + 1] - batch.hit_begin[event], 9u);
    for (int layer = 0; layer < 9; ++layer) {
      const Hit hit = batch.hits[batch.hit_begin[event] + static_cast<std::uint32_t>(layer)];
      ASSERT_EQ(hit.cell() / 384, layer);
      ASSERT_EQ(hit.origin(), HitOrigin::muon);
    }
  }
}

/// A shift of the vertex moves the column by shift / (r cosh eta pitch).
TEST(Simulate, TheVertexSpreadsAlongTheBeam) {
  SimulationConfig config = ideal();
  config.field.strength_t = 0;
  config.muon.eta_lo = 0.5 - 1e-6;
  config.muon.eta_hi = 0.5 + 1e-6;
  constexpr std::size_t events = 20000;
  const EventBatch batch = simulate(config, 1, 0, events, 1);
  for (const std::uint32_t layer : {0u, 7u}) {
    double sum = 0, square = 0;
    for (std::size_t event = 0; event < events; ++event) {
      const double column = batch.hits[batch.hit_begin[event] + layer].cell() % 384;
      sum += column;
      square += column * column;
    }
    const double radius = layer == 0 ? 4.48 : 9.80;
    const double spread = 0.045 / (radius * std::cosh(0.5) * 0.00255);
    // Rounding to columns adds 1/12 to the variance.
    EXPECT_NEAR(square / events - sum / events * sum / events, spread * spread + 1.0 / 12, 0.05 * spread * spread);
  }
}

TEST(Simulate, EfficiencyAndStationLossMultiply) {
  SimulationConfig config = ideal();
  for (StationConfig& station : config.detector.stations) station.plane_efficiency = 0.8, station.loss = 0.1;
  constexpr std::size_t events = 20000;
  const EventBatch batch = simulate(config, 1, 0, events, 1);
  // 9 x 0.9 x 0.8 hits; the variance per station of n planes is n p (1 - p) + n (n - 1) (0.9 x 0.64 - p^2), p = 0.72.
  double variance = 0;
  for (const int n : {3, 2, 2, 2}) variance += n * 0.72 * 0.28 + n * (n - 1) * (0.9 * 0.64 - 0.72 * 0.72);
  EXPECT_NEAR(static_cast<double>(batch.hits.size()) / events, 9 * 0.72, 5 * std::sqrt(variance / events));
}

TEST(Simulate, MuonCountsFollowTheFractions) {
  SimulationConfig config;
  config.muon.none = 0.3;
  config.muon.two = 0.2;
  constexpr int events = 20000;
  const EventBatch batch = simulate(config, 1, 0, events, 1);
  std::array<int, 3> seen{};
  for (std::size_t i = 0; i < batch.size(); ++i) ++seen[batch.muon_begin[i + 1] - batch.muon_begin[i]];
  EXPECT_NEAR(seen[0], 0.3 * events, 5 * std::sqrt(0.3 * 0.7 * events));
  EXPECT_NEAR(seen[2], 0.2 * events, 5 * std::sqrt(0.2 * 0.8 * events));
}

TEST(Simulate, SpectraHaveTheRightMeans) {
  SimulationConfig config;
  config.muon.none = 0;
  const auto mean_pt = [&] {
    const EventBatch batch = simulate(config, 1, 0, 20000, 1);
    double sum = 0;
    for (const Muon& muon : batch.muons) sum += muon.pt_gev;
    return sum / static_cast<double>(batch.muons.size());
  };
  EXPECT_NEAR(mean_pt(), 11.5, 5 * 17 / std::sqrt(12 * 20000.0));
  config.muon.spectrum = "falling";
  config.muon.pt_lo_gev = 2;
  // <pT> = integral pT^-4 / integral pT^-5 over [2, 20].
  const double expected = (std::pow(2, -3) - std::pow(20, -3)) / 3 / ((std::pow(2, -4) - std::pow(20, -4)) / 4);
  EXPECT_NEAR(mean_pt(), expected, 0.05);
}

TEST(Simulate, NoiseHasTheWantedMeans) {
  SimulationConfig config;
  config.muon.none = 1;
  constexpr double events = 40000;
  const EventBatch batch = simulate(config, 1, 0, static_cast<std::size_t>(events), 1);
  double width = 0, square = 0;
  for (std::size_t i = 0; i < config.noise.cavern_widths.size(); ++i) {
    width += config.noise.cavern_widths[i] * static_cast<double>(i + 1);
    square += config.noise.cavern_widths[i] * static_cast<double>((i + 1) * (i + 1));
  }
  // Clusters cut at the image edges and overlaps remove less than 1.5 % of the strips.
  const double cavern = config.noise.cavern_clusters * width;
  const double error = 5 * std::sqrt(config.noise.cavern_clusters * square / events);
  EXPECT_LT(static_cast<double>(count(batch, HitOrigin::cavern)) / events, cavern + error);
  EXPECT_GT(static_cast<double>(count(batch, HitOrigin::cavern)) / events, 0.985 * cavern - error);
  const double electronic = config.noise.electronic_strips;
  EXPECT_NEAR(static_cast<double>(count(batch, HitOrigin::electronic)) / events, electronic,
              0.01 * electronic + 5 * std::sqrt(electronic / events));
  EXPECT_EQ(count(batch, HitOrigin::muon), 0u);
}

TEST(Simulate, OddStripsFireOrStaySilent) {
  SimulationConfig config;
  config.muon.none = 1;
  config.detector.odd_strips = {{2, 10, 0}, {3, 11, 0.5}};
  const EventBatch batch = simulate(config, 1, 0, 10000, 1);
  int dead = 0, hot = 0;
  for (const Hit hit : batch.hits) {
    dead += hit.cell() == 2 * 384 + 10;
    hot += hit.cell() == 3 * 384 + 11;
  }
  EXPECT_EQ(dead, 0);
  EXPECT_NEAR(hot, 5000 + 25, 250);
}

TEST(Simulate, ImpossibleConfigurationsAreErrors) {
  const auto fails = [](auto change) {
    SimulationConfig config;
    change(config);
    EXPECT_THROW(simulate(config, 1, 0, 1, 1), Error);
  };
  fails([](auto& c) { c.detector.stations.clear(); });
  fails([](auto& c) { c.detector.stations[1].plane_radii_m = {6.8, 6.8}; });
  fails([](auto& c) { c.detector.stations[1].plane_radii_m.clear(); });
  fails([](auto& c) { c.detector.strips = 2000; });
  fails([](auto& c) { c.detector.dead_regions[0].station = "XX"; });
  fails([](auto& c) { c.detector.odd_strips = {{9, 0, 0}}; });
  fails([](auto& c) { c.field.outer_radius_m = 9; });
  fails([](auto& c) { c.material.outer_radius_m = 4.6; });
  fails([](auto& c) { c.muon.none = 0.6, c.muon.two = 0.6; });
  fails([](auto& c) { c.muon.pt_lo_gev = 30; });
  fails([](auto& c) { c.response.cluster_widths = {0.5, 0.2, 0.1, 0.1}; });
  fails([](auto& c) { c.response.cluster_widths = {0.1, 0.1, 0.1, 0.7}; });
  fails([](auto& c) { c.noise.cavern_widths = {0.5}; });
}

TEST(Shard, PartsCoverTheWhole) {
  for (const std::uint64_t n : {1, 2, 7, 50}) {
    std::uint64_t at = 0;
    for (std::uint64_t k = 1; k <= n; ++k) {
      EXPECT_EQ(shard(1000003, k, n).first, at);
      at += shard(1000003, k, n).count;
    }
    EXPECT_EQ(at, 1000003u);
  }
}

}  // namespace
}  // namespace lutra
