#include "reference/true_fit.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "event/batch.h"
#include "reference/solve.h"
#include "reference/stations.h"
#include "simulate/track.h"

namespace lutra {
namespace {

constexpr double highest_pt_gev = 100;
constexpr int iterations = 8;

struct Point {
  std::size_t plane;
  double z_m;
  double error_m;
};

/// Vertex z [m], eta, and charge / pT [1/GeV] in the chambers.
using Parameters = std::array<double, 3>;

class Fitter {
 public:
  explicit Fitter(const SimulationConfig& config)
      : config_(config), transport_(config), begin_(station_begins(config.detector)) {
    for (const StationConfig& station : config.detector.stations)
      radii_.insert(radii_.end(), station.plane_radii_m.begin(), station.plane_radii_m.end());
  }

  double pt(std::span<const Hit> hits, const Muon& truth) const {
    const std::vector<Point> points = points_of(hits);
    std::set<std::size_t> stations;
    for (const Point& point : points) stations.insert(station_of(begin_, static_cast<int>(point.plane)));
    if (stations.size() < 2) return 0;
    const Parameters found = fit(points, truth.phi);
    const double inside = 1 / std::max(std::abs(found[2]), 1 / highest_pt_gev);
    return std::min(highest_pt_gev, inside + mean_loss_gev());
  }

 private:
  std::vector<Point> points_of(std::span<const Hit> hits) const {
    const ImageShape shape = config_.detector.shape();
    std::vector<Point> points;
    for (const Cluster& cluster : find_clusters(hits, shape)) {
      if (cluster.origin != HitOrigin::muon) continue;
      const auto plane = static_cast<std::size_t>(cluster.layer);
      const double eta = shape.eta_first + cluster.centre() * shape.eta_pitch;
      const double strip_m = shape.eta_pitch * radii_[plane] * std::cosh(eta);
      points.push_back({plane, radii_[plane] * std::sinh(eta), strip_m * std::sqrt((1 + cluster.width) / 24.0)});
    }
    return points;
  }

  /// Most probable loss in pT: at normal incidence, since loss / sin(theta) of the momentum is that of pT. The mean of
  /// a Moyal distribution lies 1.27 widths above its mode.
  double mean_loss_gev() const { return config_.material.energy_loss_gev + 1.27 * config_.material.straggling_gev; }

  Crossings track(const Parameters& p, float phi) const {
    const double curvature = std::max(std::abs(p[2]), 1e-6);
    return transport_.carry_ideal(
        {static_cast<float>(1 / curvature), static_cast<float>(p[1]), phi, static_cast<std::int8_t>(p[2] < 0 ? -1 : 1)},
        p[0]);
  }

  /// Spread of the vertex seen by the track behind the calorimeter [m].
  double vertex_error_m(double pt_gev) const {
    const double middle = (config_.material.inner_radius_m + config_.material.outer_radius_m) / 2;
    const double scatter = middle * scattering_angle(config_.material.radiation_lengths, pt_gev);
    return std::hypot(config_.muon.vertex_z_mm / 1000, scatter) + 1e-4;
  }

  Parameters fit(const std::vector<Point>& points, float phi) const {
    const Point& inner = points.front();
    Parameters p = {0, std::asinh(inner.z_m / radii_[inner.plane]), 0.02};
    // Small steps of the parameters, far above the rounding of single precision in Muon.
    constexpr Parameters step = {0.01, 1e-3, 2e-3};
    for (int i = 0; i < iterations; ++i) {
      const Crossings here = track(p, phi);
      std::array<Crossings, 3> moved;
      for (std::size_t k = 0; k < 3; ++k) {
        Parameters q = p;
        q[k] += step[k];
        moved[k] = track(q, phi);
      }
      LeastSquares<3> normal;
      const double vertex = vertex_error_m(1 / std::max(std::abs(p[2]), 0.02));
      normal.add({1, 0, 0}, -p[0], 1 / (vertex * vertex));
      normal.add({0, 0, 1}, 0, 1e-4);  // keeps events with two stations solvable
      for (const Point& point : points) {
        const auto reached = [&](const Crossings& c) { return static_cast<std::size_t>(c.planes) > point.plane; };
        if (!reached(here) || !std::all_of(moved.begin(), moved.end(), reached)) continue;
        Parameters slope{};
        for (std::size_t k = 0; k < 3; ++k) slope[k] = (moved[k].z_m[point.plane] - here.z_m[point.plane]) / step[k];
        normal.add(slope, point.z_m - here.z_m[point.plane], 1 / (point.error_m * point.error_m));
      }
      const auto change = normal.solve();
      if (!change) break;
      for (std::size_t k = 0; k < 3; ++k) p[k] += (*change)[k];
      p[2] = std::clamp(p[2], -2.0, 2.0);
    }
    return p;
  }

  SimulationConfig config_;
  Transport transport_;
  std::vector<int> begin_;
  std::vector<double> radii_;
};

}  // namespace

std::vector<float> fit_true_hits(const SimulationConfig& config, const EventBatch& events) {
  const Fitter fitter(config);
  std::vector<float> pt;
  for (std::size_t event = 0; event < events.size(); ++event) {
    const Muon* const muon = leading_muon(events, event);
    pt.push_back(muon == nullptr ? 0.0f : static_cast<float>(fitter.pt(hits_of(events, event), *muon)));
  }
  return pt;
}

}  // namespace lutra
