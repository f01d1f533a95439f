#pragma once
#include <cstdint>
#include <vector>

#include "event/event.h"
#include "simulate/config.h"

namespace lutra {

/// The classic trigger: a hit in the pivot station opens, per threshold and station, a window around its own strip
/// (projective: a straight track from the vertex stays in it), and a hit in enough stations inside the windows accepts.
/// The windows hold muons of the threshold's pT and above: the tighter, the higher the threshold.
struct CoincidenceTrigger {
  ImageShape shape;
  std::vector<int> station_begin;            // first layer of every station, then the number of layers
  std::size_t pivot = 0;                     // station
  int stations_needed = 3;                   // with the pivot
  std::vector<double> thresholds_gev;        // rising
  std::vector<std::vector<int>> half_width;  // [threshold][station] strips to either side; falling with the threshold
};

/// Sets the windows so that `efficiency` of the muons at each threshold (pT within 5 % above it) lie inside, station by
/// station. The sample is simulated with `config` (one muon per event, no noise). The pivot is the station before the
/// last. Error when the detector has fewer than two stations.
CoincidenceTrigger tune_coincidence(const SimulationConfig& config, const std::vector<double>& thresholds_gev,
                                    double efficiency, std::uint64_t seed, int threads = 1);

/// [events] the highest threshold that accepts the event [GeV]; 0 when none does.
std::vector<float> predict_pt(const CoincidenceTrigger& trigger, const EventBatch& events);

}  // namespace lutra
