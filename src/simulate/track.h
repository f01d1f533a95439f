#pragma once
#include <array>
#include <vector>

#include "base/random.h"
#include "event/event.h"
#include "simulate/config.h"
#include "simulate/energy_loss.h"
#include "simulate/field.h"

namespace lutra {

inline constexpr int max_planes = 64;

/// Where a muon crosses the planes, from the inside out.
struct Crossings {
  int planes = 0;                      // planes reached; the muon stops or turns back after them
  double p_gev = 0;                    // momentum at the last of them
  std::uint64_t showers = 0;           // bit i: a shower comes along with the muon to station i
  std::array<double, max_planes> z_m;  // [planes] position along the beam; the rest is not set, for speed
};

/// A muon moving outwards in the r-z plane.
struct TrackState {
  double z_m = 0;
  double cos_theta = 0;     // dz / path length
  double sin_theta = 1;     // dr / path length
  double p_gev = 0;         // momentum; 0: stopped
  bool has_shower = false;  // of a photon radiated just before
};

/// Carries muons from the vertex through calorimeter, field and stations.
///
/// The toroid field is azimuthal, so the track stays in its r-z plane. There, with u = cos theta, du/dr = 0.3 q B / p
/// holds exactly for any B(r): a step needs only the mean of B. With B constant in a step of length h
///   dz = h (u0 + u1) / (sin theta0 + sin theta1)
/// is the exact arc; a gradient B' adds -(0.3 q B' / p) h^3 / (12 sin^3 theta) to first order. Directions are thus
/// exact, positions exact in uniform fields and of third order otherwise. Planes of one station, a few cm apart, are
/// joined by straight lines.
class Transport {
 public:
  explicit Transport(const SimulationConfig& config);

  /// Crossings of a muon from (0, vertex_z_m). Draws only from `random`.
  Crossings carry(const Muon& muon, double vertex_z_m, Random& random) const;

  /// The same in field alone: no scattering and no energy loss.
  Crossings carry_ideal(const Muon& muon, double vertex_z_m) const;

 private:
  /// The way to a station and the station itself.
  struct Station {
    std::size_t steps_end;               // its steps are [end of the one before, steps_end)
    std::vector<double> plane_depths_m;  // of each plane behind the first
    double depth_m;                      // of the last plane
    FieldParts field;                    // in the station
    double sqrt_x0, x0;
    double energy_loss_gev, straggling_gev;
  };

  void cross_calorimeter(TrackState& track, Random& random) const;
  bool reach(const Station& station, std::size_t first_step, double bend, double octant, TrackState& track,
             Crossings& crossings) const;
  bool lose(TrackState& track, double loss_gev) const;
  bool scatter(const Station& station, TrackState& track, Random& random) const;

  MaterialConfig material_;
  Radiation radiation_;
  std::vector<FieldStep> steps_;
  std::vector<Station> stations_;
};

/// Standard deviation of the multiple-scattering angle [rad] for a path of `x0` radiation lengths at momentum `p_gev`
/// (Highland; Particle Data Group, "Passage of particles through matter"), muons with beta = 1.
double scattering_angle(double x0, double p_gev);

}  // namespace lutra
