#include "simulate/config.h"

#include <numeric>

namespace lutra {
namespace {

constexpr double pi = 3.14159265358979;

void describe(Fields& f, StationConfig& c) {
  f.text("name", c.name, "name");
  f.numbers("plane_radii_m", c.plane_radii_m, {0.1, 50}, "radius of each plane, from the inside out [m]");
  f.number("plane_efficiency", c.plane_efficiency, {0, 1}, "chance that a plane sees a crossing muon");
  f.number("loss", c.loss, {0, 1}, "chance that the whole station misses a muon, besides its dead regions");
  f.number("material_x0", c.material_x0, {0, 100}, "material at normal incidence [radiation lengths]");
  f.number("energy_loss_gev", c.energy_loss_gev, {0, 10}, "most probable energy loss at normal incidence [GeV]");
  f.number("straggling_gev", c.straggling_gev, {0, 10}, "width of the Moyal distribution of the loss [GeV]");
  f.number("secondary_chance", c.secondary_chance, {0, 1}, "chance of secondaries beside the muon");
}

void describe(Fields& f, DeadRegionConfig& c) {
  f.text("station", c.station, "name of the station");
  f.number("eta_lo", c.eta_lo, {-5, 5}, "from eta");
  f.number("eta_hi", c.eta_hi, {-5, 5}, "to eta");
  f.number("phi_lo_rad", c.phi_lo_rad, {-4, 4}, "from phi [rad]");
  f.number("phi_hi_rad", c.phi_hi_rad, {-4, 4}, "to phi [rad]");
}

void describe(Fields& f, OddStripConfig& c) {
  f.integer("layer", c.layer, {0, max_cells}, "image row");
  f.integer("strip", c.strip, {0, max_cells}, "image column");
  f.number("rate", c.rate, {0, 1}, "chance to fire per event; 0: dead");
}

void describe(Fields& f, FieldConfig& c) {
  f.number("strength_t", c.strength_t, {0, 10}, "toroid field at the reference radius [T]");
  f.number("inner_radius_m", c.inner_radius_m, {0.1, 50}, "where the field begins [m]");
  f.number("outer_radius_m", c.outer_radius_m, {0.1, 50}, "where the field ends [m]");
  f.number("reference_radius_m", c.reference_radius_m, {0.1, 50}, "where the strength is given [m]");
  f.number("radial_power", c.radial_power, {0, 5}, "B ~ r^-power");
  f.number("octant_modulation", c.octant_modulation, {0, 1}, "relative swing of B with cos(8 phi) near the coils");
  f.number("step_m", c.step_m, {0.001, 5}, "longest integration step [m]");
}

void describe(Fields& f, MaterialConfig& c) {
  f.number("inner_radius_m", c.inner_radius_m, {0.01, 50}, "inner radius of the calorimeter [m]");
  f.number("outer_radius_m", c.outer_radius_m, {0.01, 50}, "outer radius of the calorimeter [m]");
  f.number("radiation_lengths", c.radiation_lengths, {0, 1000}, "calorimeter at normal incidence [radiation lengths]");
  f.number("energy_loss_gev", c.energy_loss_gev, {0, 100}, "most probable loss in it at normal incidence [GeV]");
  f.number("straggling_gev", c.straggling_gev, {0, 10}, "its Moyal width at normal incidence [GeV]");
  f.number("stopped_below_gev", c.stopped_below_gev, {0.01, 10}, "muons below this momentum are lost [GeV]");
  f.number("large_angle_chance", c.large_angle_chance, {0, 1}, "chance of a scatter in the tail");
  f.number("large_angle_factor", c.large_angle_factor, {1, 100}, "its angle over that of multiple scattering");
  f.number("radiation", c.radiation, {0, 1000}, "hard photons of muons, over those of bremsstrahlung alone; 0: none");
  f.number("radiation_cut_gev", c.radiation_cut_gev, {0.001, 10}, "lowest energy of such photons [GeV]");
}

void describe(Fields& f, MuonConfig& c) {
  f.number("none", c.none, {0, 1}, "fraction of events without a muon");
  f.number("two", c.two, {0, 1}, "fraction of events with two muons");
  f.number("pt_lo_gev", c.pt_lo_gev, {0.1, 1e4}, "lowest pT [GeV]");
  f.number("pt_hi_gev", c.pt_hi_gev, {0.1, 1e4}, "highest pT [GeV]");
  f.choice("spectrum", c.spectrum, {"flat", "falling"}, "shape of the pT spectrum");
  f.number("spectrum_power", c.spectrum_power, {1.01, 20}, "falling: dN/dpT ~ pT^-power");
  f.number("eta_lo", c.eta_lo, {-3, 3}, "lowest eta (flat)");
  f.number("eta_hi", c.eta_hi, {-3, 3}, "highest eta");
  f.number("phi_lo_rad", c.phi_lo_rad, {-4, 4}, "lowest phi (flat) [rad]");
  f.number("phi_hi_rad", c.phi_hi_rad, {-4, 4}, "highest phi [rad]");
  f.number("vertex_z_mm", c.vertex_z_mm, {0, 1000}, "standard deviation of the vertex along the beam [mm]");
}

void describe(Fields& f, ResponseConfig& c) {
  f.numbers("cluster_widths", c.cluster_widths, {0, 1}, "fractions of muon clusters of width 1, 2, 3, >= 4");
  f.number("secondary_offset_strips", c.secondary_offset_strips, {0, 1000}, "how far secondaries are from the muon");
  f.number("secondary_extra", c.secondary_extra, {0, 100}, "mean number of secondaries beyond the first");
}

void describe(Fields& f, NoiseConfig& c) {
  f.number("electronic_strips", c.electronic_strips, {0, 400}, "mean number of single noise strips per image");
  f.number("cavern_clusters", c.cavern_clusters, {0, 400}, "mean number of background clusters per image");
  f.numbers("cavern_widths", c.cavern_widths, {0, 1}, "fractions of them of width 1, 2, ...");
}

}  // namespace

int DetectorConfig::layers() const {
  const auto count = [](int sum, const StationConfig& s) { return sum + static_cast<int>(s.plane_radii_m.size()); };
  return std::accumulate(stations.begin(), stations.end(), 0, count);
}

DetectorConfig atlas_barrel() {
  DetectorConfig d;
  d.name = "atlas_barrel";
  d.stations = {{"BI", {4.48, 4.50, 4.52}, 0.96, 0.01, 0.1, 0.02, 0.001, 0.02},
                {"BM1", {6.80, 6.82}, 0.96, 0.02, 0.15, 0.03, 0.0015, 0.03},
                {"BM2", {7.50, 7.52}, 0.96, 0.02, 0.15, 0.03, 0.0015, 0.03},
                {"BO", {9.80, 9.82}, 0.96, 0.02, 0.15, 0.03, 0.0015, 0.10}};
  // The crack at eta 0 lies outside the image. What remains: the feet in two lower sectors, and rings between chambers.
  d.dead_regions = {{"BM1", -2, 2, -1.30, -1.20}, {"BM1", -2, 2, -1.94, -1.84}, {"BM2", -2, 2, -1.30, -1.20},
                    {"BM2", -2, 2, -1.94, -1.84}, {"BO", -2, 2, -1.31, -1.19},  {"BO", -2, 2, -1.95, -1.83},
                    {"BI", 0.445, 0.455, -4, 4},  {"BO", 0.72, 0.735, -4, 4}};
  return d;
}

SimulationConfig ospanov_toy() {
  SimulationConfig c;
  c.detector = {};
  c.detector.name = "ospanov";
  // Columns narrower than any strip (28 mm at eta 1.04 in the outer planes): every strip has a column of its own.
  c.detector.eta_pitch = 0.0018;
  c.detector.strips = 544;
  c.detector.strip_length_mm = 30;
  c.detector.stations = {{"RPC1", {6.80, 6.82}, 0.95, 0, 0, 0, 0, 0},
                         {"RPC2", {7.50, 7.52}, 0.95, 0, 0, 0, 0, 0},
                         {"RPC3", {9.80, 9.82}, 0.95, 0, 0, 0, 0, 0}};
  c.field = {0.5, 6, 10.5, 6, 0, 0, 0.8};
  c.material = {1.5, 4.25, 0, 0, 0, 0.4, 0, 1, 0, 0.1};
  c.muon.vertex_z_mm = 0;
  // The second strip fires with a chance that rises from 0 at the strip's centre to 1/2 at its edge: 1/4 on average.
  c.response.cluster_widths = {0.75, 0.25, 0, 0};
  // 1e-3 per strip: 1.18 = sinh(eta) at the image's end minus that at its beginning.
  c.noise = {1e-3 * 2 * (6.81 + 7.51 + 9.81) * 1.18 / 0.030, 0, {1}};
  return c;
}

SimulationConfig read_detector(const std::filesystem::path& path) {
  SimulationConfig config;
  config.detector = {};
  read_toml(path, [&](Fields& f) { describe(f, config); });
  check(config);
  return config;
}

SimulationConfig::SimulationConfig() : detector(atlas_barrel()) {}

void describe(Fields& f, DetectorConfig& c) {
  f.text("name", c.name, "name of the detector");
  f.integer("strips", c.strips, {1, max_cells}, "image columns");
  f.number("eta_first", c.eta_first, {-5, 5}, "eta at the low edge of column 0");
  f.number("eta_pitch", c.eta_pitch, {1e-5, 1}, "eta per column");
  f.number("strip_length_mm", c.strip_length_mm, {0, 1000}, "constant strip size along the beam [mm]; 0: projective");
  f.list(
      "stations", "groups of planes, from the inside out", c.stations.size(),
      [&](std::size_t n) { c.stations.resize(n); }, [&](std::size_t i) { describe(f, c.stations[i]); });
  f.list(
      "dead_regions", "acceptance gaps", c.dead_regions.size(), [&](std::size_t n) { c.dead_regions.resize(n); },
      [&](std::size_t i) { describe(f, c.dead_regions[i]); });
  f.list(
      "odd_strips", "dead and hot strips", c.odd_strips.size(), [&](std::size_t n) { c.odd_strips.resize(n); },
      [&](std::size_t i) { describe(f, c.odd_strips[i]); });
}

void describe(Fields& f, SimulationConfig& c) {
  f.group("detector", "the chambers", [&] { describe(f, c.detector); });
  f.group("field", "the toroid", [&] { describe(f, c.field); });
  f.group("material", "what muons cross before the chambers", [&] { describe(f, c.material); });
  f.group("muon", "which muons are made", [&] { describe(f, c.muon); });
  f.group("response", "how crossings become strips", [&] { describe(f, c.response); });
  f.group("noise", "strips that fire without a muon", [&] { describe(f, c.noise); });
}

}  // namespace lutra
