#pragma once
#include <array>

/// What was measured on the study's images (the nine-layer barrel), as used by the checks and the plots.
namespace lutra::measured {

/// BI-to-BO shift of single events: their eta, phi and charge are not known.
struct Shift {
  double pt_gev, strips;
};
inline constexpr std::array shifts = {Shift{19.4, 9}, Shift{16.3, 10}, Shift{14.0, 15}, Shift{12.2, 17},
                                      Shift{7.9, 17}, Shift{4.6, 36},  Shift{3.5, 82}};

/// Muons of one event scatter by about this factor around the median: eta, phi and material differ.
inline constexpr double shift_factor = 1.5;

/// Fractions of clusters by width [strips]; the last class is open: at least so wide.
inline constexpr std::array muon_widths = {1, 2, 3, 4};
inline constexpr std::array muon_width_fractions = {0.67, 0.22, 0.08, 0.03};
inline constexpr std::array noise_widths = {1, 2, 3, 4, 6};
inline constexpr std::array noise_width_fractions = {0.29, 0.44, 0.12, 0.13, 0.02};
/// They are given in whole percent; this much either way still agrees.
inline constexpr double fraction_tolerance = 0.02;

inline constexpr double noise_clusters_per_image = 8.1;

/// What is known about the share of muons seen in BI and BO: words, turned into ranges.
struct Acceptance {
  double pt_lo_gev, pt_hi_gev;
  const char* words;
  double lo, hi;
};
inline constexpr std::array acceptance = {Acceptance{2, 3, "mostly lost", 0, 0.4},
                                          Acceptance{3, 4, "partly lost", 0.2, 0.8},
                                          Acceptance{4, 5, "progressively lost", 0.5, 0.93},
                                          Acceptance{10, 20, "plateau of the best network 0.88 to 0.95", 0.85, 0.97}};

/// At least half of the muon's hits are inside the fragment in more than this fraction of the events, at any stride.
inline constexpr double contained = 0.90;

}  // namespace lutra::measured
