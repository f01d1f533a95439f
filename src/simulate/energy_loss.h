#pragma once
#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "simulate/normal.h"

namespace lutra {

/// Energy that a muon loses by ionisation [GeV]: most probable value plus straggling by the Moyal distribution, the
/// approximation of Landau's with the same width xi (J. E. Moyal, Phil. Mag. 46 (1955) 263). For a layer of x g/cm^2
/// xi = 0.1535 MeV (Z / A) x / beta^2 (Particle Data Group, "Passage of particles through matter"). Minus the
/// logarithm of a squared standard normal follows it: mode 0, mean 1.2704 (Euler's constant + ln 2), standard
/// deviation pi / sqrt(2).
inline double ionisation_loss(double most_probable_gev, double width_gev, Random& random) {
  const double normal = fast_normal(random);
  return std::max(0.0, most_probable_gev - width_gev * std::log(normal * normal));
}

/// Hard photons of muons. Bremsstrahlung of a fraction v of the energy in the complete-screening limit (Particle Data
/// Group, same chapter, for electrons), scaled to the muon mass: per radiation length
///   dN/dv = (m_e / m_mu)^2 (4/3) (1 - v + 3/4 v^2) / v.
/// The number above a fixed energy grows with the logarithm of the muon's. Softer losses belong to the straggling.
class Radiation {
 public:
  /// `scale` times bremsstrahlung alone (more for pairs and photonuclear losses); 0: none. Photons above `cut_gev`.
  Radiation(double scale, double cut_gev) : per_log_(scale * electron_over_muon_mass_squared * 4 / 3), cut_(cut_gev) {}

  /// Energy of the photon that a muon of `energy_gev` radiates in `x0` radiation lengths; 0 mostly. At most one: in a
  /// calorimeter of 100 radiation lengths two would be a hundredth as frequent.
  double photon_gev(double x0, double energy_gev, Random& random) const {
    // The photon's logarithm is uniform at density per_log x0, so the draw that decides on it is its energy as well.
    const double logarithm_density = per_log_ * x0, u = random.uniform();
    if (u > logarithm_density * highest_logarithm) [[likely]]
      return 0;
    const double photon = cut_ * std::exp(u / logarithm_density), v = photon / energy_gev;
    return v < 1 && random.chance(1 - v + 0.75 * v * v) ? photon : 0;
  }

 private:
  static constexpr double electron_over_muon_mass_squared = 2.3391e-5;
  static constexpr double highest_logarithm = 14;  // of energy over cut: saves the exponential of most draws

  double per_log_, cut_;
};

}  // namespace lutra
