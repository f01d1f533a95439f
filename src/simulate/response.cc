#include "simulate/response.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace lutra {

ChargeSharing::ChargeSharing(const std::vector<double>& widths) {
  const double q3 = widths[3] / 3, q2 = 4 * q3;
  const double q1 = 2 * widths[2] - q2;
  const double q0 = 2 * widths[1] - q1;
  peak_ = widths[0] - q0 / 2;
  if (peak_ < 0 || q0 < 0 || q1 < 0)
    throw Error("simulation: response.cluster_widths cannot come from charge sharing", "wide clusters are too frequent",
                "Make each fraction at most about half of the one before");
  double sum = peak_;
  for (const double q : {q0, q1, q2, q3}) cumulative_.push_back(sum += q);
}

StripRange ChargeSharing::cluster(double x, Random& random) const {
  const double u = random.uniform();
  double half = 0;
  if (u >= peak_) {
    std::size_t cell = 0;
    while (cell + 1 < cumulative_.size() && u >= cumulative_[cell]) ++cell;
    const double lo = cell == 0 ? peak_ : cumulative_[cell - 1];
    half = (static_cast<double>(cell) + (u - lo) / (cumulative_[cell] - lo)) / 2;
  }
  return {static_cast<int>(std::floor(x - half)), static_cast<int>(std::floor(x + half))};
}

Response::Response(const SimulationConfig& config)
    : config_(config.response),
      shape_(config.detector.shape()),
      strip_length_m_(config.detector.strip_length_mm / 1000),
      columns_(shape_),
      sharing_(config.response.cluster_widths),
      extra_(poisson_table(config.response.secondary_extra)) {
  for (const StationConfig& from : config.detector.stations) {
    Station station{static_cast<int>(radius_m_.size()),
                    static_cast<int>(from.plane_radii_m.size()),
                    from.plane_efficiency,
                    from.loss,
                    from.secondary_chance,
                    {}};
    for (const DeadRegionConfig& r : config.detector.dead_regions)
      if (r.station == from.name) station.dead.push_back({r.eta_lo, r.eta_hi, r.phi_lo_rad, r.phi_hi_rad});
    stations_.push_back(std::move(station));
    radius_m_.insert(radius_m_.end(), from.plane_radii_m.begin(), from.plane_radii_m.end());
  }
}

bool Response::is_dead(const Station& station, double column, double phi) const {
  if (station.dead.empty()) return false;
  const double eta = shape_.eta_first + column * shape_.eta_pitch;
  return std::any_of(station.dead.begin(), station.dead.end(), [&](const Region& r) {
    return r.phi_lo <= phi && phi <= r.phi_hi && r.eta_lo <= eta && eta <= r.eta_hi;
  });
}

double Response::strip_coordinate(double z_m, int plane) const {
  const double radius = radius_m_[static_cast<std::size_t>(plane)];
  if (strip_length_m_ > 0) z_m = (std::floor(z_m / strip_length_m_) + 0.5) * strip_length_m_;
  return columns_.column(z_m / radius);
}

void Response::fire_cluster(int plane, double x, HitOrigin origin, Random& random, Cells& cells) const {
  const StripRange strips = sharing_.cluster(x, random);
  const int first = std::max(strips.first, 0);
  const int last = std::min(strips.last, shape_.strips - 1);
  for (int strip = first; strip <= last; ++strip) cells.add(plane * shape_.strips + strip, origin);
}

void Response::fire_secondaries(const Station& station, double column, Random& random, Cells& cells) const {
  const int count = 1 + extra_.sample(random.bits());
  for (int i = 0; i < count; ++i) {
    const double side = random.chance(0.5) ? 1 : -1;
    const double x = column - side * config_.secondary_offset_strips * std::log(random.uniform());
    for (int plane = station.first_plane; plane < station.first_plane + station.planes; ++plane)
      if (random.chance(station.plane_efficiency)) fire_cluster(plane, x, HitOrigin::secondary, random, cells);
  }
}

void Response::fire_station(const Station& station, const Crossings& crossings, double phi, Random& random,
                            Cells& cells) const {
  const double column =
      strip_coordinate(crossings.z_m[static_cast<std::size_t>(station.first_plane)], station.first_plane);
  if (random.chance(station.loss) || is_dead(station, column, phi)) return;
  const int end = std::min(station.first_plane + station.planes, crossings.planes);
  for (int plane = station.first_plane; plane < end; ++plane) {
    if (!random.chance(station.plane_efficiency)) continue;
    const double x = strip_coordinate(crossings.z_m[static_cast<std::size_t>(plane)], plane);
    fire_cluster(plane, x, HitOrigin::muon, random, cells);
  }
  if (random.chance(station.secondary_chance)) fire_secondaries(station, column, random, cells);
}

void Response::fire(const Muon& muon, const Crossings& crossings, Random& random, Cells& cells) const {
  for (const Station& station : stations_) {
    if (station.first_plane >= crossings.planes) return;
    fire_station(station, crossings, muon.phi, random, cells);
  }
}

}  // namespace lutra
