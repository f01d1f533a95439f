#include "simulate/track.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"

namespace lutra {
namespace {

/// Radius of curvature: r [m] = p [GeV] / (0.299792458 B [T]).
constexpr double gev_per_tesla_metre = 0.299792458;

/// Beyond this |cos theta| a track runs along the beam and never reaches the next plane.
constexpr double steepest = 0.98;

/// Rotates the direction by a small angle in the r-z plane.
void deflect(TrackState& track, double angle) {
  const double s = std::sqrt(1 - track.cos_theta * track.cos_theta);
  track.cos_theta = std::clamp(track.cos_theta * (1 - angle * angle / 2) + s * angle, -0.9999, 0.9999);
}

/// One step of constant field: exact arc. False when the track turns along the beam.
bool advance(TrackState& track, double length_m, double curvature) {
  const double u0 = track.cos_theta;
  const double u1 = u0 + curvature * length_m;
  if (std::abs(u1) > steepest) return false;
  track.z_m += length_m * (u0 + u1) / (std::sqrt(1 - u0 * u0) + std::sqrt(1 - u1 * u1));
  track.cos_theta = u1;
  return true;
}

/// Radial and octant parts of the field at radius r.
std::pair<double, double> field_parts(const FieldConfig& field, double r_m) {
  if (r_m < field.inner_radius_m || r_m > field.outer_radius_m) return {0, 0};
  const double mean = field.strength_t * std::pow(field.reference_radius_m / r_m, field.radial_power);
  const double middle = (field.inner_radius_m + field.outer_radius_m) / 2;
  const double from_middle = (r_m - middle) / (field.outer_radius_m - middle);
  return {mean, mean * field.octant_modulation * from_middle * from_middle};
}

/// Their means over [from, to], by the midpoint rule in 16 parts: done once, so that few steps suffice.
std::pair<double, double> mean_field(const FieldConfig& field, double from_m, double to_m) {
  constexpr int parts = 16;
  double mean = 0, octant = 0;
  for (int i = 0; i < parts; ++i) {
    const auto [m, o] = field_parts(field, from_m + (i + 0.5) / parts * (to_m - from_m));
    mean += m / parts;
    octant += o / parts;
  }
  return {mean, octant};
}

}  // namespace

double field_t(const FieldConfig& field, double r_m, double phi_rad) {
  const auto [mean, octant] = field_parts(field, r_m);
  return mean + octant * std::cos(8 * phi_rad);
}

double scattering_angle(double x0, double p_gev) {
  if (x0 <= 0) return 0;
  return 0.0136 / p_gev * std::sqrt(x0) * (1 + 0.038 * std::log(x0));
}

Transport::Transport(const SimulationConfig& config) : material_(config.material) {
  double at = material_.outer_radius_m;
  for (const StationConfig& station : config.detector.stations) {
    for (const double radius : station.plane_radii_m) {
      // The start of the field is always a step boundary.
      const double inner = config.field.inner_radius_m;
      if (at < inner && inner < radius) {
        add_steps(at, inner, config.field);
        at = inner;
      }
      add_steps(at, radius, config.field);
      steps_.back().planes = 1;
      at = radius;
    }
    steps_.back().station = static_cast<int>(layers_.size());
    layers_.push_back({std::sqrt(station.material_x0), station.energy_loss_gev});
  }
  expects(config.detector.layers() <= max_planes, "at most 64 planes");
}

void Transport::add_steps(double from_m, double to_m, const FieldConfig& field) {
  const bool is_straight = to_m <= field.inner_radius_m;
  const int count = is_straight ? 1 : static_cast<int>(std::ceil((to_m - from_m) / field.step_m - 1e-9));
  const double length = (to_m - from_m) / count;
  for (int i = 0; i < count; ++i) {
    const auto [mean, octant] = mean_field(field, from_m + i * length, from_m + (i + 1) * length);
    steps_.push_back({length, mean, octant, 0, -1});
  }
}

void Transport::cross_calorimeter(TrackState& track, Random& random) const {
  const double u = track.cos_theta;
  const double sine = std::sqrt(1 - u * u);
  const double normal = random.normal();
  // -ln(n^2) of a standard normal n follows the Moyal distribution, whose mode is 0.
  const double loss =
      std::max(0.0, material_.energy_loss_gev / sine + material_.straggling_gev * -std::log(normal * normal));
  const double before = track.p_gev;
  const double after = before - loss;
  if (after < material_.stopped_below_gev) {
    track.p_gev = 0;
    return;
  }
  track.p_gev = after;
  // The integral of dx / p^2 over a linear loss is x / (before x after).
  double angle = scattering_angle(material_.radiation_lengths / sine, std::sqrt(before * after));
  if (random.chance(material_.large_angle_chance)) angle *= material_.large_angle_factor;
  // Correlated angle and offset behind a thick scatterer (Particle Data Group, eqs. 34.18-34.20).
  const double z1 = random.normal(), z2 = random.normal();
  const double path = (material_.outer_radius_m - material_.inner_radius_m) / sine;
  const double offset = angle * path * (z1 / std::sqrt(12.0) + z2 / 2);
  track.z_m += material_.outer_radius_m * u / sine + offset / sine;
  deflect(track, z2 * angle);
}

void Transport::cross_station(TrackState& track, const Layer& layer, Random& random) const {
  const double sine = std::sqrt(1 - track.cos_theta * track.cos_theta);
  track.p_gev -= layer.energy_loss_gev / sine;
  if (track.p_gev < material_.stopped_below_gev) {
    track.p_gev = 0;
    return;
  }
  deflect(track, random.normal() * 0.0136 * layer.sqrt_x0 / (track.p_gev * std::sqrt(sine)));
}

Crossings Transport::carry(const Muon& muon, double vertex_z_m, Random& random) const {
  TrackState track{vertex_z_m, std::tanh(double{muon.eta}), muon.pt_gev * std::cosh(double{muon.eta})};
  Crossings crossings;
  cross_calorimeter(track, random);
  if (track.p_gev <= 0 || std::abs(track.cos_theta) > steepest) return crossings;
  const double octant = std::cos(8 * double{muon.phi});
  double bend = gev_per_tesla_metre * muon.charge / track.p_gev;
  for (const Step& step : steps_) {
    if (!advance(track, step.length_m, bend * (step.field_t + step.octant_t * octant))) break;
    if (step.planes > 0) crossings.z_m[static_cast<std::size_t>(crossings.planes++)] = track.z_m;
    if (step.station < 0) continue;
    cross_station(track, layers_[static_cast<std::size_t>(step.station)], random);
    if (track.p_gev <= 0) break;
    bend = gev_per_tesla_metre * muon.charge / track.p_gev;
  }
  return crossings;
}

Crossings Transport::carry_ideal(const Muon& muon, double vertex_z_m) const {
  const double eta = muon.eta;
  TrackState track{vertex_z_m + material_.outer_radius_m * std::sinh(eta), std::tanh(eta),
                   muon.pt_gev * std::cosh(eta)};
  Crossings crossings;
  const double octant = std::cos(8 * double{muon.phi});
  const double bend = gev_per_tesla_metre * muon.charge / track.p_gev;
  for (const Step& step : steps_) {
    if (!advance(track, step.length_m, bend * (step.field_t + step.octant_t * octant))) break;
    if (step.planes > 0) crossings.z_m[static_cast<std::size_t>(crossings.planes++)] = track.z_m;
  }
  return crossings;
}

}  // namespace lutra
