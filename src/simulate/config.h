#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/config.h"
#include "event/event.h"

namespace lutra {

/// One station: planes that stand or fall together. Planes are image rows, numbered from the inside out.
struct StationConfig {
  std::string name;
  std::vector<double> plane_radii_m;
  double plane_efficiency = 0.96;
  double loss = 0.02;              // chance that the whole station misses a muon, besides its dead regions
  double material_x0 = 0.15;       // radiation lengths at normal incidence
  double energy_loss_gev = 0.03;   // most probable, at normal incidence: 20 g/cm^2 at 1.5 MeV each
  double straggling_gev = 0.0015;  // Landau's xi of 20 g/cm^2 with Z / A = 0.48
  double secondary_chance = 0.03;
};

/// A box in (eta, phi) in which a station has no chambers.
struct DeadRegionConfig {
  std::string station;
  double eta_lo = 0, eta_hi = 0;
  double phi_lo_rad = 0, phi_hi_rad = 0;
};

/// A strip that never fires (rate 0) or fires by itself with this chance per event.
struct OddStripConfig {
  int layer = 0;
  int strip = 0;
  double rate = 0;
};

/// The chambers. Strips are projective: strip = (eta - eta_first) / eta_pitch in every plane, unless strip_length_mm
/// gives them a constant size along the beam. Charge is shared between those strips, and each that fires marks the
/// column of its centre.
struct DetectorConfig {
  std::string name;
  int strips = 384;
  double eta_first = 0.065;
  double eta_pitch = 0.00255;
  double strip_length_mm = 0;
  std::vector<StationConfig> stations;
  std::vector<DeadRegionConfig> dead_regions;
  std::vector<OddStripConfig> odd_strips;

  int layers() const;
  ImageShape shape() const { return {layers(), strips, eta_first, eta_pitch}; }
};

/// Toroid: B(r, phi) = strength (reference / r)^radial_power (1 + octant_modulation w(r) cos 8 phi), bending in r-z,
/// with w rising from 0 in the middle of the field to 1 at its edges, where the coils are near.
struct FieldConfig {
  double strength_t = 0.78;
  double inner_radius_m = 4.7;
  double outer_radius_m = 10.5;
  double reference_radius_m = 6.5;
  double radial_power = 1;
  double octant_modulation = 0.35;
  double step_m = 0.8;  // longest integration step
};

/// What a muon crosses before the chambers, and how it scatters.
struct MaterialConfig {
  double inner_radius_m = 1.5;
  double outer_radius_m = 4.25;
  double radiation_lengths = 100;    // at normal incidence
  double energy_loss_gev = 1.5;      // most probable, at normal incidence
  double straggling_gev = 0.15;      // width of the Moyal distribution of the loss, at normal incidence
  double stopped_below_gev = 0.4;    // such muons count as lost
  double large_angle_chance = 0.01;  // scatters wider than multiple scattering
  double large_angle_factor = 6;
  double radiation = 1;            // hard photons, here and in stations, over those of bremsstrahlung alone
  double radiation_cut_gev = 0.1;  // softer ones belong to the straggling
};

/// Which muons are made.
struct MuonConfig {
  double none = 0.1;  // fraction of events without a muon
  double two = 0;     // fraction with two
  double pt_lo_gev = 3, pt_hi_gev = 20;
  std::string spectrum = "flat";
  double spectrum_power = 5;  // falling: dN/dpT ~ pT^-power
  double eta_lo = 0, eta_hi = 1.05;
  double phi_lo_rad = -3.14159265358979, phi_hi_rad = 3.14159265358979;
  double vertex_z_mm = 45;
};

/// How a crossing becomes fired strips.
struct ResponseConfig {
  std::vector<double> cluster_widths = {0.67, 0.22, 0.08, 0.03};  // fractions of width 1, 2, 3, >= 4
  double secondary_offset_strips = 8;                             // scale of the two-sided exponential
  double secondary_extra = 0.5;                                   // mean number of secondaries beyond the first
};

/// Strips that fire without a muon.
struct NoiseConfig {
  double electronic_strips = 1.04;                                                    // mean per image: 3e-4 per strip
  double cavern_clusters = 7.06;                                                      // mean per image
  std::vector<double> cavern_widths = {0.185, 0.505, 0.138, 0.149, 0, 0.015, 0.008};  // fractions of width 1, 2, ...
};

struct SimulationConfig {
  DetectorConfig detector;
  FieldConfig field;
  MaterialConfig material;
  MuonConfig muon;
  ResponseConfig response;
  NoiseConfig noise;
  /// The ATLAS-like barrel of domain numbers.
  SimulationConfig();
};

/// Nine planes in four stations: inner triplet BI, two middle doublets BM, outer doublet BO.
DetectorConfig atlas_barrel();

/// The six-plane toy of Ospanov et al., EPJ C 82:576 (2022): straight to r = 6 m, then a circle of radius 6.6 m x
/// pT[GeV], 30 mm strips, no material.
SimulationConfig ospanov_toy();

/// A detector file (detectors/*.toml): any part of a SimulationConfig, the rest as in the default. Error when
/// unreadable or impossible.
SimulationConfig read_detector(const std::filesystem::path& path);

void describe(Fields& f, DetectorConfig& c);
void describe(Fields& f, SimulationConfig& c);

/// Error when values do not fit together (planes out of order, more cells than a hit can hold, fractions beyond 1,
/// ...).
void check(const SimulationConfig& config);

}  // namespace lutra
