#pragma once
#include <array>
#include <vector>

#include "base/random.h"
#include "event/event.h"
#include "simulate/cells.h"
#include "simulate/config.h"
#include "simulate/tables.h"
#include "simulate/track.h"

namespace lutra {

/// First and last strip of a cluster.
struct StripRange {
  int first = 0;
  int last = 0;
};

/// Position-dependent charge sharing. A muon at strip coordinate x spreads its charge over [x - y/2, x + y/2]; every
/// strip touched fires. The spread y follows a law that is constant between integers, plus a peak at y = 0 (no
/// sharing), chosen so that muons uniform in x give the wanted fractions of widths: with mass q_j in [j, j+1] and
/// q_peak at 0,
///   P(1) = q_peak + q_0 / 2,  P(k) = (q_(k-2) + q_(k-1)) / 2,
/// and the last class (>= 4 strips) shared 4 : 1 between [2, 3] and [3, 4].
class ChargeSharing {
 public:
  /// `widths`: fractions of 1, 2, 3 and >= 4 strips. Error when no such law exists.
  explicit ChargeSharing(const std::vector<double>& widths);

  /// `x` in strips, |x| < 10^6; `u` is uniform in (0, 1).
  StripRange cluster(double x, double u) const;

 private:
  std::array<double, 4> begin_{};     // cumulative probability at the start of each cell [j, j + 1]
  std::array<double, 4> per_mass_{};  // 1 / its probability
};

/// Turns crossings into fired strips: acceptance, efficiencies, charge sharing, secondaries.
class Response {
 public:
  explicit Response(const SimulationConfig& config);

  /// Adds the hits of one muon.
  void fire(const Muon& muon, const Crossings& crossings, Random& random, Cells& cells) const;

 private:
  struct Region {
    double eta_lo, eta_hi, phi_lo, phi_hi;
  };
  struct Station {
    int first_plane = 0, planes = 0;
    double plane_efficiency = 1, per_efficiency = 1;  // and its inverse
    double loss = 0, secondary_chance = 0;
    std::vector<Region> dead;
  };

  bool is_dead(const Station& station, double column, double phi) const;
  double strip_coordinate(double z_m, int plane) const;
  double column_of(double x, int plane) const;
  void fire_long_strips(StripRange strips, int plane, HitOrigin origin, Cells& cells) const;
  void fire_station(const Station& station, const Crossings& crossings, bool has_shower, double phi, Random& random,
                    Cells& cells) const;
  void fire_plane(const Station& station, int plane, double x, HitOrigin origin, Random& random, Cells& cells) const;
  void fire_secondaries(const Station& station, double x, Random& random, Cells& cells) const;

  ResponseConfig config_;
  ImageShape shape_;
  double strip_length_m_;  // 0: strips are columns
  ColumnTable columns_;
  ChargeSharing sharing_;
  DiscreteTable extra_;
  std::vector<Station> stations_;
  std::vector<double> per_radius_m_;  // [planes] 1 / radius
};

}  // namespace lutra
