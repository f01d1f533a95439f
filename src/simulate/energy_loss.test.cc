#include "simulate/energy_loss.h"

#include <gtest/gtest.h>

#include <vector>

namespace lutra {
namespace {

constexpr int n = 200000;

TEST(IonisationLoss, HasMeanAndWidthOfTheMoyalDistribution) {
  Random random(1, RandomStream::transport, 0);
  const double mode = 0.03, width = 0.002;
  double sum = 0, square = 0;
  for (int i = 0; i < n; ++i) {
    const double x = (ionisation_loss(mode, width, random) - mode) / width;
    sum += x;
    square += x * x;
  }
  const double mean = 0.5772156649 + std::log(2.0), variance = M_PI * M_PI / 2;
  EXPECT_NEAR(sum / n, mean, 5 * std::sqrt(variance / n));
  // The fourth central moment of a Moyal distribution is 7 squared variances.
  EXPECT_NEAR(square / n - sum / n * sum / n, variance, 5 * variance * std::sqrt(6.0 / n));
}

TEST(IonisationLoss, IsNeverNegative) {
  Random random(1, RandomStream::transport, 0);
  for (int i = 0; i < n; ++i) EXPECT_GE(ionisation_loss(0.01, 0.1, random), 0);
  EXPECT_EQ(ionisation_loss(0.02, 0, random), 0.02);
}

/// Photons above the cut per radiation length, in closed form.
double expected_photons(double v_lowest) {
  const double ratio = 0.51099895 / 105.6583755;
  return ratio * ratio * (4.0 / 3 * (std::log(1 / v_lowest) - (1 - v_lowest)) + (1 - v_lowest * v_lowest) / 2);
}

/// And the energy that they carry away, over that of the muon.
double expected_energy(double v_lowest) {
  const double ratio = 0.51099895 / 105.6583755, v = v_lowest;
  return ratio * ratio * (4.0 / 3 * ((1 - v) - (1 - v * v) / 2) + (1 - v * v * v) / 3);
}

TEST(Radiation, HasRateAndEnergyOfBremsstrahlung) {
  const double x0 = 500, cut = 0.1;
  const Radiation radiation(1, cut);
  for (const double energy : {1.0, 10.0, 100.0}) {
    Random random(1, RandomStream::transport, 0);
    double photons = 0, carried = 0;
    for (int i = 0; i < n; ++i) {
      const double photon = radiation.photon_gev(x0, energy, random);
      ASSERT_TRUE(photon == 0 || (photon > cut && photon < energy));
      photons += photon > 0;
      carried += photon / energy;
    }
    const double rate = n * x0 * expected_photons(cut / energy);
    EXPECT_NEAR(photons, rate, 5 * std::sqrt(rate)) << energy;
    EXPECT_NEAR(carried / (n * x0 * expected_energy(cut / energy)), 1, 0.06) << energy;
  }
}

TEST(Radiation, GrowsWithEnergyAndCanBeSwitchedOff) {
  EXPECT_GT(expected_photons(0.1 / 20), 1.3 * expected_photons(0.1 / 5));
  const Radiation none(0, 0.1);
  Random random(1, RandomStream::transport, 0);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(none.photon_gev(100, 20, random), 0);
  EXPECT_EQ(Radiation(1, 0.1).photon_gev(0, 20, random), 0);
}

}  // namespace
}  // namespace lutra
