#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "event/event.h"
#include "simulate/config.h"

namespace lutra {

/// The trigger of Ospanov et al. (EPJ C 82:576, 2022) with a linear estimate instead of their network: a cluster of the
/// middle station seeds a straight line to the vertex, and the distances of the nearest clusters in the stations before
/// and behind it, delta1 and delta3 [strips], measure the bending:
///   q / pT = sin(theta) (a + b delta1 + c delta3).
struct DeltaTrigger {
  ImageShape shape;
  std::vector<int> station_begin;          // first layer of every station, then the number of layers
  std::array<std::size_t, 3> stations{};   // first, seed, last
  double reach_first = 0, reach_last = 0;  // farthest cluster that is looked at [strips]
  std::array<double, 3> coefficients{};    // a, b, c [1/GeV], [1/GeV/strip]
};

/// Least squares on single muons of 3 to 20 GeV, each weighted with pT^2 so that the relative error counts. Uses the
/// last three stations. Error when there are fewer.
DeltaTrigger tune_delta(const SimulationConfig& config, std::uint64_t seed, int threads = 1);

/// [events] pT of the stiffest candidate [GeV], at most 100; 0 when there is none.
std::vector<float> predict_pt(const DeltaTrigger& trigger, const EventBatch& events);

}  // namespace lutra
