#include "simulate/response.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace lutra {

ChargeSharing::ChargeSharing(const std::vector<double>& widths) {
  const double q3 = widths[3] / 3, q2 = 4 * q3;
  const double q1 = 2 * widths[2] - q2;
  const double q0 = 2 * widths[1] - q1;
  const double peak = widths[0] - q0 / 2;
  if (peak < 0 || q0 < 0 || q1 < 0)
    throw Error("simulation: response.cluster_widths cannot come from charge sharing", "wide clusters are too frequent",
                "Make each fraction at most about half of the one before");
  double sum = peak;
  const std::array<double, 4> masses = {q0, q1, q2, q3};
  for (std::size_t cell = 0; cell < masses.size(); ++cell) {
    begin_[cell] = sum;
    per_mass_[cell] = masses[cell] > 0 ? 1 / masses[cell] : 0;
    sum += masses[cell];
  }
}

StripRange ChargeSharing::cluster(double x, double u) const {
  // The inverse of the cumulative distribution: every cell passed adds 1, without branches.
  double spread = 0;
  for (std::size_t cell = 0; cell < begin_.size(); ++cell) {
    double part = (u - begin_[cell]) * per_mass_[cell];
    part = part > 0 ? part : 0;  // these forms compile to minsd and maxsd; std::clamp does not
    spread += part < 1 ? part : 1;
  }
  // Truncation of positive numbers is a floor.
  constexpr int positive = 1 << 20;
  return {static_cast<int>(x - spread / 2 + positive) - positive,
          static_cast<int>(x + spread / 2 + positive) - positive};
}

Response::Response(const SimulationConfig& config)
    : config_(config.response),
      shape_(config.detector.shape()),
      strip_length_m_(config.detector.strip_length_mm / 1000),
      columns_(shape_),
      sharing_(config.response.cluster_widths),
      extra_(poisson_table(config.response.secondary_extra)) {
  for (const StationConfig& from : config.detector.stations) {
    Station station;
    station.first_plane = static_cast<int>(per_radius_m_.size());
    station.planes = static_cast<int>(from.plane_radii_m.size());
    station.plane_efficiency = from.plane_efficiency;
    station.per_efficiency = 1 / std::max(from.plane_efficiency, 1e-9);
    station.loss = from.loss;
    station.secondary_chance = from.secondary_chance;
    for (const DeadRegionConfig& r : config.detector.dead_regions)
      if (r.station == from.name) station.dead.push_back({r.eta_lo, r.eta_hi, r.phi_lo_rad, r.phi_hi_rad});
    stations_.push_back(std::move(station));
    for (const double radius : from.plane_radii_m) per_radius_m_.push_back(1 / radius);
  }
}

bool Response::is_dead(const Station& station, double column, double phi) const {
  if (station.dead.empty()) return false;
  const double eta = shape_.eta_first + column * shape_.eta_pitch;
  return std::any_of(station.dead.begin(), station.dead.end(), [&](const Region& r) {
    return r.phi_lo <= phi && phi <= r.phi_hi && r.eta_lo <= eta && eta <= r.eta_hi;
  });
}

/// In strips of the plane: columns when projective, else z / strip length, counted from z = 0.
double Response::strip_coordinate(double z_m, int plane) const {
  if (strip_length_m_ > 0) return z_m / strip_length_m_;
  return columns_.column(z_m * per_radius_m_[static_cast<std::size_t>(plane)]);
}

/// The image column at a strip coordinate.
double Response::column_of(double x, int plane) const {
  if (strip_length_m_ <= 0) return x;
  return columns_.column(x * strip_length_m_ * per_radius_m_[static_cast<std::size_t>(plane)]);
}

/// Strips that are not columns mark the column of their centre.
void Response::fire_long_strips(StripRange strips, int plane, HitOrigin origin, Cells& cells) const {
  for (int strip = strips.first; strip <= strips.last; ++strip) {
    const int column = static_cast<int>(std::floor(column_of(strip + 0.5, plane)));
    if (column >= 0 && column < shape_.strips) cells.add(plane * shape_.strips + column, origin);
  }
}

void Response::fire_plane(const Station& station, int plane, double x, HitOrigin origin, Random& random,
                          Cells& cells) const {
  // One draw decides on the hit and, when there is one, on the charge spread.
  const double u = random.uniform();
  if (u >= station.plane_efficiency) return;
  const StripRange strips = sharing_.cluster(x, u * station.per_efficiency);
  if (strip_length_m_ > 0) return fire_long_strips(strips, plane, origin, cells);
  const int first = std::max(strips.first, 0);
  const int last = std::min(strips.last, shape_.strips - 1);
  for (int strip = first; strip <= last; ++strip) cells.add(plane * shape_.strips + strip, origin);
}

void Response::fire_secondaries(const Station& station, double muon_x, Random& random, Cells& cells) const {
  const int count = 1 + extra_.sample(random.bits());
  for (int i = 0; i < count; ++i) {
    const double side = random.chance(0.5) ? 1 : -1;
    const double offset = -side * config_.secondary_offset_strips * std::log(random.uniform());
    for (int plane = station.first_plane; plane < station.first_plane + station.planes; ++plane)
      fire_plane(station, plane, muon_x + offset, HitOrigin::secondary, random, cells);
  }
}

void Response::fire_station(const Station& station, const Crossings& crossings, bool has_shower, double phi,
                            Random& random, Cells& cells) const {
  const auto x_at = [&](int plane) { return strip_coordinate(crossings.z_m[static_cast<std::size_t>(plane)], plane); };
  const double x = x_at(station.first_plane);
  // One draw decides between loss, secondaries and neither.
  const double u = random.uniform();
  if (u < station.loss || is_dead(station, column_of(x, station.first_plane), phi)) return;
  const int end = std::min(station.first_plane + station.planes, crossings.planes);
  for (int plane = station.first_plane; plane < end; ++plane)
    fire_plane(station, plane, plane == station.first_plane ? x : x_at(plane), HitOrigin::muon, random, cells);
  if (has_shower || 1 - u < (1 - station.loss) * station.secondary_chance) fire_secondaries(station, x, random, cells);
}

void Response::fire(const Muon& muon, const Crossings& crossings, Random& random, Cells& cells) const {
  for (std::size_t i = 0; i < stations_.size(); ++i) {
    if (stations_[i].first_plane >= crossings.planes) return;
    fire_station(stations_[i], crossings, crossings.showers >> i & 1, muon.phi, random, cells);
  }
}

}  // namespace lutra
