#pragma once
#include <array>
#include <vector>

#include "base/random.h"
#include "event/event.h"
#include "simulate/config.h"

namespace lutra {

inline constexpr int max_planes = 64;

/// Where a muon crosses the planes, from the inside out.
struct Crossings {
  int planes = 0;                        // planes reached; the muon stops or turns back after them
  std::array<double, max_planes> z_m{};  // [planes] position along the beam
};

/// A muon at radius r moving outwards in the r-z plane.
struct TrackState {
  double z_m = 0;
  double cos_theta = 0;  // dz / path length
  double p_gev = 0;      // momentum; 0: stopped
};

/// Carries muons from the vertex through calorimeter, field and stations.
///
/// The toroid field is azimuthal, so the track stays in its r-z plane. There d(cos theta)/dr = 0.3 q B / p holds
/// exactly for any B(r): a step needs only the mean of B, and with B constant in the step
///   dz = dr (u0 + u1) / (sqrt(1 - u0^2) + sqrt(1 - u1^2)),  u = cos theta,
/// is the exact arc: directions are exact for any field, positions to second order, and exact in uniform fields.
class Transport {
 public:
  explicit Transport(const SimulationConfig& config);

  /// Crossings of a muon from (0, vertex_z_m). Draws only from `random`.
  Crossings carry(const Muon& muon, double vertex_z_m, Random& random) const;

  /// The same without scattering, straggling and energy loss: the known field alone.
  Crossings carry_ideal(const Muon& muon, double vertex_z_m) const;

 private:
  struct Step {
    double length_m;  // in r
    double field_t;   // mean field
    double octant_t;  // amplitude of its cos(8 phi) part
    int planes;       // planes crossed at the end of the step: 0 or 1
    int station;      // station left behind at the end of the step; -1: none
  };
  struct Layer {  // material of a station
    double sqrt_x0;
    double energy_loss_gev;
  };

  void add_steps(double from_m, double to_m, const FieldConfig& field);
  void cross_calorimeter(TrackState& track, Random& random) const;
  void cross_station(TrackState& track, const Layer& layer, Random& random) const;

  MaterialConfig material_;
  std::vector<Step> steps_;
  std::vector<Layer> layers_;
};

/// B at (r, phi) in tesla; 0 outside the field.
double field_t(const FieldConfig& field, double r_m, double phi_rad);

/// Standard deviation of the multiple-scattering angle [rad] for a path of `x0` radiation lengths at momentum `p_gev`
/// (Highland; Particle Data Group, "Passage of particles through matter"), muons with beta = 1.
double scattering_angle(double x0, double p_gev);

}  // namespace lutra
