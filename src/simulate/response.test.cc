#include "simulate/response.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"

namespace lutra {
namespace {

TEST(ChargeSharing, GivesTheWantedWidths) {
  const std::vector<double> wanted = {0.67, 0.22, 0.08, 0.03};
  const ChargeSharing sharing(wanted);
  std::vector<int> seen(4);
  constexpr int n = 100000;
  Random random(1, RandomStream::response, 0);
  for (int i = 0; i < n; ++i) {
    const StripRange strips = sharing.cluster(random.uniform(10, 20), random.uniform());
    ++seen[static_cast<std::size_t>(std::min(strips.last - strips.first, 3))];
  }
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_NEAR(seen[k], wanted[k] * n, 5 * std::sqrt(wanted[k] * (1 - wanted[k]) * n)) << k;
}

TEST(ChargeSharing, NeighboursFireWhenTheMuonIsNearThem) {
  const ChargeSharing sharing({0.67, 0.22, 0.08, 0.03});
  Random random(1, RandomStream::response, 0);
  int centre = 0, left = 0, right = 0;
  for (int i = 0; i < 10000; ++i) {
    const StripRange middle = sharing.cluster(10.5, random.uniform()), edge = sharing.cluster(10.95, random.uniform());
    EXPECT_LE(middle.first, 10);
    EXPECT_GE(middle.last, 10);
    centre += middle.last > 10;
    left += edge.first < 10;
    right += edge.last > 10;
  }
  EXPECT_GT(right, 2 * centre);
  EXPECT_GT(right, 3 * left);
}

/// Ospanov et al.: the second strip fires with a chance that rises from 0 at the strip's centre to 1/2 at its edge.
TEST(ChargeSharing, FollowsTheOspanovRule) {
  const ChargeSharing sharing({0.75, 0.25, 0, 0});
  Random random(1, RandomStream::response, 0);
  constexpr int n = 20000;
  for (const double from_centre : {0.0, 0.1, 0.25, 0.4, 0.5}) {
    int shared = 0;
    for (int i = 0; i < n; ++i) {
      const StripRange strips = sharing.cluster(-70.5 + from_centre - 1e-9, random.uniform());
      EXPECT_LE(strips.first, -71);
      EXPECT_LE(strips.last - strips.first, 1);
      shared += strips.last > strips.first;
    }
    EXPECT_NEAR(double(shared) / n, from_centre, 5 * std::sqrt(0.25 / n) * (from_centre > 0) + 1e-9) << from_centre;
  }
}

/// One muon through planes of 30 mm strips, without noise and losses.
std::vector<int> columns_fired(double z_m) {
  SimulationConfig config = ospanov_toy();
  for (StationConfig& station : config.detector.stations) station.plane_efficiency = 1;
  const Response response(config);
  Crossings crossings;
  crossings.planes = 1;
  crossings.z_m[0] = z_m;
  std::vector<int> columns;
  for (std::uint64_t i = 0; i < 200; ++i) {
    Cells cells;
    Random random(1, RandomStream::response, i);
    response.fire({10, 0.5f, 0, 1}, crossings, random, cells);
    std::vector<Hit> hits;
    cells.take(config.detector.shape().cells(), hits);
    for (const Hit hit : hits) columns.push_back(hit.cell());
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

TEST(Response, StripsWithALengthShareTheirChargeAndMarkTheirColumns) {
  const ImageShape shape = ospanov_toy().detector.shape();
  const auto column = [&](double z_m) {
    return static_cast<int>((std::asinh(z_m / 6.80) - shape.eta_first) / shape.eta_pitch);
  };
  // Strip 100 covers 3.000 to 3.030 m. Near its upper edge only strip 101 can fire with it.
  EXPECT_EQ(columns_fired(3.0295), (std::vector<int>{column(3.015), column(3.045)}));
  EXPECT_EQ(columns_fired(3.0005), (std::vector<int>{column(2.985), column(3.015)}));
  EXPECT_EQ(columns_fired(3.0150), (std::vector<int>{column(3.015)}));
}

/// Station BO only, one strip per cluster; a secondary in the muon's own strip does not show.
TEST(Response, SecondariesHaveTheirChanceAndDistance) {
  SimulationConfig config;
  for (StationConfig& station : config.detector.stations) {
    station.plane_efficiency = 1;
    station.loss = station.secondary_chance = 0;
  }
  config.detector.stations[3].secondary_chance = 0.3;
  config.detector.dead_regions.clear();
  config.response = {{1, 0, 0, 0}, 20, 0};
  const Response response(config);
  const ImageShape shape = config.detector.shape();
  Crossings crossings;
  crossings.planes = 9;
  constexpr int column = 200;
  for (std::size_t plane = 0; plane < 9; ++plane)
    crossings.z_m[plane] = (plane < 8 ? 9.80 : 9.82) * std::sinh(shape.eta_first + (column + 0.5) * shape.eta_pitch);
  constexpr int n = 20000;
  std::array<int, 2> seen{};
  double distance = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    Cells cells;
    Random random(1, RandomStream::response, i);
    response.fire({10, 0.5f, 0, 1}, crossings, random, cells);
    std::vector<Hit> hits;
    cells.take(shape.cells(), hits);
    for (const Hit hit : hits) {
      if (hit.origin() != HitOrigin::secondary) continue;
      ASSERT_GE(hit.cell() / shape.strips, 7);
      ++seen[static_cast<std::size_t>(hit.cell() / shape.strips - 7)];
      distance += std::abs(hit.cell() % shape.strips - column);
    }
  }
  const double chance = 0.3 * std::exp(-0.5 / 20);
  EXPECT_EQ(seen[0], seen[1]);  // the planes of a station see the same particle
  EXPECT_NEAR(seen[0], chance * n, 5 * std::sqrt(chance * n));
  // An exponential has no memory: beyond half a strip, the mean is half a strip more than its scale.
  EXPECT_NEAR(distance / (seen[0] + seen[1]), 20.5, 5 * 20 / std::sqrt(chance * n));
}

TEST(Response, ShowersFireBesideTheMuon) {
  SimulationConfig config;
  for (StationConfig& station : config.detector.stations) station.secondary_chance = station.loss = 0;
  const Response response(config);
  Crossings crossings;
  crossings.planes = 9;
  for (std::size_t plane = 0; plane < 9; ++plane) crossings.z_m[plane] = 5;
  crossings.showers = 1u << 2;  // station BM2: planes 5 and 6
  std::array<int, 9> secondaries{};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    Cells cells;
    Random random(1, RandomStream::response, i);
    response.fire({10, 0.5f, 0, 1}, crossings, random, cells);
    std::vector<Hit> hits;
    cells.take(config.detector.shape().cells(), hits);
    for (const Hit hit : hits)
      secondaries[static_cast<std::size_t>(hit.cell() / 384)] += hit.origin() == HitOrigin::secondary;
  }
  for (std::size_t plane = 0; plane < 9; ++plane)
    EXPECT_EQ(secondaries[plane] > 500, plane == 5 || plane == 6) << plane;
}

TEST(ColumnTable, FollowsTheDefinition) {
  const ImageShape shape;
  const ColumnTable table(shape);
  for (double eta = 0.066; eta < 1.04; eta += 0.00123)
    EXPECT_NEAR(table.column(std::sinh(eta)), (eta - shape.eta_first) / shape.eta_pitch, 1e-3);
  EXPECT_LT(table.column(0), 0);
  EXPECT_LT(table.column(-3), 0);
  EXPECT_GE(table.column(3), shape.strips);
}

TEST(DiscreteTable, SamplesItsWeights) {
  const std::vector<double> weights = {0, 1, 3, 0, 6, 0};
  const DiscreteTable table(weights);
  std::vector<int> seen(6);
  Random random(1, RandomStream::noise, 0);
  for (int i = 0; i < 100000; ++i) ++seen[static_cast<std::size_t>(table.sample(random.bits()))];
  for (std::size_t k = 0; k < 6; ++k) {
    const double p = weights[k] / 10;
    EXPECT_NEAR(seen[k], p * 1e5, 5 * std::sqrt(p * (1 - p) * 1e5)) << k;
  }
}

TEST(PoissonTable, HasMeanAndVariance) {
  for (const double mean : {0.0, 0.5, 8.1, 120.0}) {
    const DiscreteTable table = poisson_table(mean);
    Random random(1, RandomStream::noise, 0);
    double sum = 0, square = 0;
    constexpr int n = 50000;
    for (int i = 0; i < n; ++i) {
      const double k = table.sample(random.bits());
      sum += k;
      square += k * k;
    }
    EXPECT_NEAR(sum / n, mean, 5 * std::sqrt(mean / n) + 1e-9);
    EXPECT_NEAR(square / n - sum / n * sum / n, mean, 0.05 * mean + 1e-9);
  }
}

}  // namespace
}  // namespace lutra
