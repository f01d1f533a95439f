#include "simulate/track.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace lutra {
namespace {

SimulationConfig uniform_field(double strength_t, double step_m = 0.35) {
  SimulationConfig config;
  config.field.strength_t = strength_t;
  config.field.radial_power = config.field.octant_modulation = 0;
  config.field.step_m = step_m;
  return config;
}

/// Sideways distance at radius R of a circle that starts at R0 in direction theta: exact.
double exact_z(double eta, double pt, int charge, double field_t, double start_m, double radius_m) {
  const double p = pt * std::cosh(eta), curvature = 0.299792458 * charge * field_t / p;
  const double u0 = std::tanh(eta), u1 = u0 + curvature * (radius_m - start_m);
  return start_m * std::sinh(eta) + (std::sqrt(1 - u0 * u0) - std::sqrt(1 - u1 * u1)) / curvature;
}

TEST(Transport, UniformFieldsGiveCircles) {
  const Transport transport(uniform_field(0.9));
  for (const double pt : {5.0, 8.0, 20.0})
    for (const double eta : {0.0, 0.5, 1.0})
      for (const std::int8_t charge : {std::int8_t{1}, std::int8_t{-1}}) {
        const Crossings c = transport.carry_ideal({float(pt), float(eta), 0.3f, charge}, 0);
        ASSERT_EQ(c.planes, 9);
        // First planes of stations are reached by exact arcs, the others by straight lines of a few cm. Steep, soft
        // tracks show that most: 0.01 strips.
        const double strip_m = 0.00255 * 9.8 * std::cosh(eta);
        EXPECT_NEAR(c.z_m[3], exact_z(float(eta), pt, charge, 0.9, 4.7, 6.80), 1e-9);
        EXPECT_NEAR(c.z_m[8], exact_z(float(eta), pt, charge, 0.9, 4.7, 9.82), 0.01 * strip_m);
      }
}

TEST(Transport, StiffTracksFollowTheBendingLaw) {
  // delta eta = 0.15 B (R - R0)^2 / (pT R sin theta), to first order in the bending.
  const Transport transport(uniform_field(0.9));
  for (const double eta : {0.1, 0.5, 1.0}) {
    const double pt = 100, radius = 9.80, sine = 1 / std::cosh(eta);
    const Crossings c = transport.carry_ideal({float(pt), float(eta), 0, 1}, 0);
    const double shift = std::asinh(c.z_m[7] / radius) - float(eta);
    const double law = 0.15 * 0.9 * std::pow(radius - 4.7, 2) / (pt * radius * sine);
    EXPECT_NEAR(shift / law, 1, 0.02) << eta;
  }
}

TEST(Transport, WithoutFieldTracksAreStraight) {
  const Transport transport(uniform_field(0));
  const Crossings c = transport.carry_ideal({5, 0.7f, 0, 1}, 0.05);
  for (int plane = 0; plane < 9; ++plane) EXPECT_GT(c.z_m[static_cast<std::size_t>(plane)], 0);
  EXPECT_NEAR(c.z_m[8], 0.05 + 9.82 * std::sinh(double{0.7f}), 1e-9);
}

TEST(Transport, StepsAreFineEnough) {
  // Stated accuracy: less than 0.05 strips at the outer planes at 3 GeV in the modulated field.
  SimulationConfig coarse, fine;
  fine.field.step_m = coarse.field.step_m / 100;
  const Transport a(coarse), b(fine);
  for (const float eta : {0.0f, 0.5f, 1.0f})
    for (const float phi : {0.0f, 0.2f, 0.39f}) {
      const double strip_m = 0.00255 * 9.82 * std::cosh(eta);
      const double off_m = a.carry_ideal({3, eta, phi, -1}, 0).z_m[8] - b.carry_ideal({3, eta, phi, -1}, 0).z_m[8];
      EXPECT_LT(std::abs(off_m), 0.05 * strip_m) << eta << ' ' << phi;
    }
}

TEST(Transport, ChargesBendSymmetrically) {
  const Transport transport{SimulationConfig{}};
  const Crossings plus = transport.carry_ideal({8, 0, 0.1f, 1}, 0), minus = transport.carry_ideal({8, 0, 0.1f, -1}, 0);
  EXPECT_NEAR(plus.z_m[8], -minus.z_m[8], 1e-12);
  EXPECT_GT(plus.z_m[8], 0);
}

TEST(Transport, ScatteringHasTheHighlandWidth) {
  SimulationConfig config = uniform_field(0);
  config.material.energy_loss_gev = config.material.straggling_gev = config.material.large_angle_chance = 0;
  for (StationConfig& station : config.detector.stations) station.material_x0 = station.energy_loss_gev = 0;
  const Transport transport(config);
  double sum = 0, square = 0;
  constexpr int n = 20000;
  for (int i = 0; i < n; ++i) {
    Random random(1, RandomStream::transport, static_cast<std::uint64_t>(i));
    const Crossings c = transport.carry({10, 0, 0, 1}, 0, random);
    const double angle = (c.z_m[8] - c.z_m[0]) / (9.82 - 4.48);
    sum += angle;
    square += angle * angle;
  }
  const double expected = scattering_angle(config.material.radiation_lengths, 10);
  EXPECT_NEAR(sum / n, 0, 5 * expected / std::sqrt(n));
  EXPECT_NEAR(std::sqrt(square / n) / expected, 1, 0.03);
}

/// No field, no scattering: only losses.
SimulationConfig only_losses() {
  SimulationConfig config = uniform_field(0);
  config.material.radiation_lengths = config.material.radiation = config.material.large_angle_chance = 0;
  for (StationConfig& station : config.detector.stations) station.material_x0 = 0;
  return config;
}

TEST(Transport, LossesInStationsHaveMeanAndWidth) {
  SimulationConfig config = only_losses();
  config.material.energy_loss_gev = config.material.straggling_gev = 0;
  for (StationConfig& station : config.detector.stations) station.straggling_gev = 0.004;
  const Transport transport(config);
  const double eta = float{0.8f}, per_sine = std::cosh(eta), before = 5 * per_sine;
  double sum = 0, square = 0;
  constexpr int n = 50000;
  for (int i = 0; i < n; ++i) {
    Random random(1, RandomStream::transport, static_cast<std::uint64_t>(i));
    const double loss = before - transport.carry({5, 0.8f, 0, 1}, 0, random).p_gev;
    sum += loss;
    square += loss * loss;
  }
  // BI, BM1 and BM2, which lie before BO: modes add up, and so do means and variances of the Moyal distributions.
  const double mean = per_sine * (0.02 + 0.03 + 0.03 + 3 * 0.004 * (0.5772156649 + std::log(2.0)));
  const double variance = 3 * std::pow(0.004 * per_sine * M_PI, 2) / 2;
  EXPECT_NEAR(sum / n, mean, 5 * std::sqrt(variance / n));
  EXPECT_NEAR(std::sqrt((square / n - sum / n * sum / n) / variance), 1, 0.03);
}

/// A muon passes when -ln n^2 < (p - lowest - most probable loss) / width, n a standard normal.
TEST(Transport, AcceptanceFallsWithTheMoyalDistribution) {
  const SimulationConfig config = only_losses();
  const MaterialConfig& material = config.material;
  const Transport transport(config);
  constexpr int n = 20000;
  double last = 0;
  for (const float pt : {1.7f, 1.8f, 1.9f, 2.0f, 2.2f, 2.5f, 3.0f, 5.0f}) {
    int passed = 0;
    for (int i = 0; i < n; ++i) {
      Random random(1, RandomStream::transport, static_cast<std::uint64_t>(i));
      passed += transport.carry({pt, 0, 0, 1}, 0, random).planes > 0;
    }
    const double room = (double{pt} - material.stopped_below_gev - material.energy_loss_gev) / material.straggling_gev;
    const double expected = std::erfc(std::exp(-room / 2) / std::sqrt(2.0));
    EXPECT_NEAR(double(passed) / n, expected, 5 * std::sqrt(expected * (1 - expected) / n) + 1e-9) << pt;
    EXPECT_GE(passed, last);
    last = passed;
  }
}

TEST(Transport, EnergyIsNeverGainedNorBelowTheMuonMass) {
  SimulationConfig config;
  config.material.radiation = 100;
  const Transport transport(config);
  constexpr double muon_mass_gev = 0.10566;
  for (std::uint64_t i = 0; i < 50000; ++i) {
    Random random(1, RandomStream::transport, i);
    const float pt = 1.5f + static_cast<float>(i % 20);
    const Crossings c = transport.carry({pt, 0.5f, 0, 1}, 0, random);
    if (c.planes == 0) continue;
    EXPECT_GT(std::hypot(c.p_gev, muon_mass_gev), muon_mass_gev);
    EXPECT_GE(c.p_gev, config.material.stopped_below_gev);
    EXPECT_LT(c.p_gev, double{pt} * std::cosh(0.5));
  }
}

/// Photons radiated in a station shower in the next one, those of the calorimeter in the first when near its end.
TEST(Transport, ShowersComeAlongWithHardPhotons) {
  SimulationConfig config = uniform_field(0);
  config.material.radiation = 100;
  for (StationConfig& station : config.detector.stations) station.material_x0 = 10;
  const Transport transport(config);
  std::array<int, 4> showers{};
  constexpr int n = 20000;
  for (std::uint64_t i = 0; i < n; ++i) {
    Random random(1, RandomStream::transport, i);
    const Crossings c = transport.carry({100, 0, 0, 1}, 0, random);
    for (std::size_t k = 0; k < 4; ++k) showers[k] += static_cast<int>(c.showers >> k & 1);
  }
  // All come from 10 radiation lengths, in which 4/3 (ln 1000 - 1) + 1/2 = 8.38 photons per (m_mu / m_e)^2 are made.
  // The calorimeter radiates at most one photon, less than its rate of 1.96; later ones have less energy.
  const double expected = n * 100 * 10 * 2.3391e-5 * 8.38;
  EXPECT_NEAR(showers[1] / expected, 1, 0.06);
  EXPECT_LE(showers[0], showers[1]);
  EXPECT_GT(showers[0], showers[1] / 5);
  for (const std::size_t k : {2, 3}) EXPECT_NEAR(showers[k] / expected, 1, 0.15) << k;
}

TEST(Transport, SlowMuonsStopInTheCalorimeter) {
  const Transport transport{SimulationConfig{}};
  const auto reached = [&](float pt) {
    int outer = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      Random random(1, RandomStream::transport, i);
      outer += transport.carry({pt, 0.1f, 0, 1}, 0, random).planes == 9;
    }
    return outer;
  };
  EXPECT_EQ(reached(1.5f), 0);
  EXPECT_GT(reached(10), 990);
  EXPECT_LE(reached(2.5f), reached(3.5f));
  EXPECT_LE(reached(3.5f), reached(6));
}

}  // namespace
}  // namespace lutra
