#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"

namespace lutra {

/// A network whose only arithmetic is counting planes and looking up truth tables (docs/roads.md).
struct RoadConfig {
  std::string name = "roads";
  std::vector<std::int64_t> stations = {3, 4, 2};  // rows of each station, from the first row on
  int reach = 2;                                   // a plane fires at a column when one of so many columns has a hit
  int max_shift = 12;                              // columns between stations
  int candidates = 256;                            // roads to choose from
  std::vector<double> thresholds_gev = {10};       // of the accept decisions, rising
  int roads = 16;                                  // per threshold, at most
  double full_share = 1.2;       // muons above so many thresholds count fully, from 0 at the threshold on
  double low_share = 0.7;        // muons below so many thresholds are low
  double low_weight = 3;         // wanted muons that an accepted low one is worth
  double middle_weight = 1;      // ... an accepted one just above low, falling to 0 at the threshold
  double empty_weight = 3;       // ... an accepted event without muon
  double least_gain = 2e-5;      // of the summed weights of all wanted muons, that an entry must bring
  double truth_share = 1;        // of the truth in what counts; the rest is the teacher's pT
  int train_events = 0;          // 0: all
  double event_share = 1;        // a random share of the training events, another for every seed
  double min_containment = 0.3;  // muons with less of their hits in the fragment are left out
  std::int64_t seed = 1;
};

void describe(Fields& fields, RoadConfig& config);

}  // namespace lutra
