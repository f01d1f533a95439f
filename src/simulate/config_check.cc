#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "simulate/config.h"

namespace lutra {
namespace {

void require(bool holds, const std::string& problem, const std::string& suggestion) {
  if (!holds) throw Error("simulation: " + problem, "", suggestion);
}

void check_fractions(const std::vector<double>& fractions, const std::string& name) {
  const double sum = std::accumulate(fractions.begin(), fractions.end(), 0.0);
  require(std::abs(sum - 1) < 1e-6, name + " must add up to 1, not " + std::to_string(sum), "Scale them");
}

void check(const DetectorConfig& d, const FieldConfig& field) {
  require(!d.stations.empty(), "detector.stations is empty", "Give at least one station");
  double last = 0;
  for (const StationConfig& station : d.stations) {
    require(!station.plane_radii_m.empty(), "station " + station.name + " has no planes", "Give plane_radii_m");
    for (const double radius : station.plane_radii_m) {
      require(radius > last, "planes are not ordered at station " + station.name, "Order radii from the inside out");
      last = radius;
    }
  }
  require(last <= field.outer_radius_m, "a plane lies outside field.outer_radius_m", "Raise it");
  require(d.strip_length_mm == 0 || d.strip_length_mm >= 1, "detector.strip_length_mm is below 1 mm",
          "Use 0 for projective strips");
  require(d.shape().cells() <= max_cells, "the image has more than 16384 cells", "Use fewer strips");
  for (const DeadRegionConfig& region : d.dead_regions)
    require(std::any_of(d.stations.begin(), d.stations.end(), [&](auto& s) { return s.name == region.station; }),
            "a dead region is in an unknown station \"" + region.station + "\"", "Use a name from detector.stations");
  for (const OddStripConfig& odd : d.odd_strips)
    require(odd.layer < d.layers() && odd.strip < d.strips, "an odd strip is outside the image", "");
}

void check(const MuonConfig& m) {
  require(m.none + m.two <= 1, "muon.none and muon.two add up to more than 1", "Lower them");
  require(m.pt_lo_gev < m.pt_hi_gev, "muon.pt_lo_gev must be below pt_hi_gev", "");
  require(m.eta_lo < m.eta_hi, "muon.eta_lo must be below eta_hi", "");
  require(m.phi_lo_rad < m.phi_hi_rad, "muon.phi_lo_rad must be below phi_hi_rad", "");
}

}  // namespace

void check(const SimulationConfig& c) {
  require(c.field.inner_radius_m < c.field.outer_radius_m, "field.inner_radius_m must be below outer_radius_m", "");
  check(c.detector, c.field);
  const double first_plane = c.detector.stations[0].plane_radii_m[0];
  require(c.material.inner_radius_m < c.material.outer_radius_m, "material.inner_radius_m must be below outer_radius_m",
          "");
  require(c.material.outer_radius_m <= std::min(first_plane, c.field.inner_radius_m),
          "the calorimeter must end before the field and the first plane", "Lower material.outer_radius_m");
  check(c.muon);
  require(c.response.cluster_widths.size() == 4, "response.cluster_widths needs 4 fractions", "");
  check_fractions(c.response.cluster_widths, "response.cluster_widths");
  require(!c.noise.cavern_widths.empty() && c.noise.cavern_widths.size() <= 32,
          "noise.cavern_widths needs 1 to 32 fractions", "");
  check_fractions(c.noise.cavern_widths, "noise.cavern_widths");
}

}  // namespace lutra
