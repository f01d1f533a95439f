#include "simulate/track.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"
#include "simulate/normal.h"

namespace lutra {
namespace {

/// Radius of curvature: r [m] = p [GeV] / (0.299792458 B [T]).
constexpr double gev_per_tesla_metre = 0.299792458;

/// Beyond this |cos theta| a track runs along the beam and never reaches the next plane.
constexpr double steepest = 0.98;

/// Rotates the direction by a small angle in the r-z plane.
void deflect(TrackState& track, double angle) {
  const double turned = track.cos_theta * (1 - angle * angle / 2) + track.sin_theta * angle;
  track.cos_theta = std::clamp(turned, -0.9999, 0.9999);
  track.sin_theta = std::sqrt(1 - track.cos_theta * track.cos_theta);
}

/// Showers of photons radiated deeper inside a calorimeter than this are absorbed in it [radiation lengths]: the
/// maximum lies at ln(E / E_c), 4 to 6 for GeV photons, and the tail is as long.
constexpr double shower_depth_x0 = 10;

/// A muon at the vertex.
TrackState start(const Muon& muon, double vertex_z_m) {
  const double e = std::exp(double{muon.eta}), cosh = (e + 1 / e) / 2;
  return {vertex_z_m, (e - 1 / e) / 2 / cosh, 1 / cosh, muon.pt_gev * cosh};
}

}  // namespace

double scattering_angle(double x0, double p_gev) {
  if (x0 <= 0) return 0;
  return 0.0136 / p_gev * std::sqrt(x0) * (1 + 0.038 * std::log(x0));
}

Transport::Transport(const SimulationConfig& config)
    : material_(config.material), radiation_(config.material.radiation, config.material.radiation_cut_gev) {
  expects(config.detector.layers() <= max_planes, "at most 64 planes");
  double at = material_.outer_radius_m;
  for (const StationConfig& from : config.detector.stations) {
    const double first = from.plane_radii_m.front(), last = from.plane_radii_m.back();
    const auto steps = field_steps(config.field, at, first);
    steps_.insert(steps_.end(), steps.begin(), steps.end());
    Station station{steps_.size(),
                    {},
                    last - first,
                    field_t(config.field, (first + last) / 2),
                    std::sqrt(from.material_x0),
                    from.material_x0,
                    from.energy_loss_gev,
                    from.straggling_gev};
    for (const double radius : from.plane_radii_m) station.plane_depths_m.push_back(radius - first);
    stations_.push_back(std::move(station));
    at = last;
  }
}

bool Transport::lose(TrackState& track, double loss_gev) const {
  track.p_gev -= loss_gev;
  if (track.p_gev < material_.stopped_below_gev) track.p_gev = 0;
  return track.p_gev > 0;
}

void Transport::cross_calorimeter(TrackState& track, Random& random) const {
  const double per_sine = 1 / track.sin_theta, before = track.p_gev;
  const double x0 = material_.radiation_lengths * per_sine;
  const double photon = radiation_.photon_gev(x0, before, random);
  if (!lose(track, photon + ionisation_loss(material_.energy_loss_gev * per_sine, material_.straggling_gev * per_sine,
                                            random)))
    return;
  track.has_shower = photon > 0 && random.uniform() * x0 < shower_depth_x0;
  // The integral of dx / p^2 over a linear loss is x / (before x after).
  double angle = scattering_angle(x0, std::sqrt(before * track.p_gev));
  if (random.chance(material_.large_angle_chance)) angle *= material_.large_angle_factor;
  // Correlated angle and offset behind a thick scatterer (Particle Data Group, section on multiple scattering).
  const double z1 = fast_normal(random), z2 = fast_normal(random);
  const double path = (material_.outer_radius_m - material_.inner_radius_m) * per_sine;
  const double offset = angle * path * (z1 * 0.28867513459481287 + z2 / 2);  // 1 / sqrt(12)
  track.z_m += (material_.outer_radius_m * track.cos_theta + offset) * per_sine;
  deflect(track, z2 * angle);
}

bool Transport::reach(const Station& station, std::size_t first_step, double bend, double octant, TrackState& track,
                      Crossings& crossings) const {
  double u = track.cos_theta, s = track.sin_theta, z = track.z_m;
  for (std::size_t i = first_step; i < station.steps_end; ++i) {
    const FieldStep& step = steps_[i];
    const double u1 = u + bend * step.mean_t.at(octant) * step.length_m;
    if (std::abs(u1) > steepest) return false;
    const double s1 = std::sqrt(1 - u1 * u1);
    const double per_sine = 2 / (s + s1);
    z += per_sine * (step.length_m * (u + u1) / 2 - bend * step.skew_t_m3.at(octant) * per_sine * per_sine);
    u = u1;
    s = s1;
  }
  const double slope = u / s;
  for (const double depth : station.plane_depths_m)
    crossings.z_m[static_cast<std::size_t>(crossings.planes++)] = z + slope * depth;
  track.z_m = z + slope * station.depth_m;
  track.cos_theta = u + bend * station.field.at(octant) * station.depth_m;
  track.sin_theta = s;
  if (station.depth_m > 0) track.sin_theta = std::sqrt(1 - track.cos_theta * track.cos_theta);
  return std::abs(track.cos_theta) < steepest;
}

bool Transport::scatter(const Station& station, TrackState& track, Random& random) const {
  const double per_sine = 1 / track.sin_theta;
  const double photon = radiation_.photon_gev(station.x0 * per_sine, track.p_gev, random);
  track.has_shower = photon > 0;
  if (!lose(track,
            photon + ionisation_loss(station.energy_loss_gev * per_sine, station.straggling_gev * per_sine, random)))
    return false;
  deflect(track, fast_normal(random) * 0.0136 * station.sqrt_x0 * std::sqrt(per_sine) / track.p_gev);
  return true;
}

Crossings Transport::carry(const Muon& muon, double vertex_z_m, Random& random) const {
  Crossings crossings;
  TrackState track = start(muon, vertex_z_m);
  cross_calorimeter(track, random);
  if (track.p_gev <= 0 || std::abs(track.cos_theta) > steepest) return crossings;
  const double octant = std::cos(8 * double{muon.phi});
  const double charge = gev_per_tesla_metre * muon.charge;
  std::size_t first_step = 0;
  for (std::size_t i = 0; i < stations_.size(); ++i) {
    const Station& station = stations_[i];
    crossings.showers |= std::uint64_t{track.has_shower} << i;
    crossings.p_gev = track.p_gev;
    if (!reach(station, first_step, charge / track.p_gev, octant, track, crossings)) break;
    if (i + 1 == stations_.size() || !scatter(station, track, random)) break;
    first_step = station.steps_end;
  }
  return crossings;
}

Crossings Transport::carry_ideal(const Muon& muon, double vertex_z_m) const {
  Crossings crossings;
  TrackState track = start(muon, vertex_z_m);
  track.z_m += material_.outer_radius_m * track.cos_theta / track.sin_theta;
  const double bend = gev_per_tesla_metre * muon.charge / track.p_gev;
  std::size_t first_step = 0;
  for (const Station& station : stations_) {
    if (!reach(station, first_step, bend, std::cos(8 * double{muon.phi}), track, crossings)) break;
    first_step = station.steps_end;
  }
  return crossings;
}

}  // namespace lutra
