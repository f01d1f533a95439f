#pragma once
#include <memory>
#include <vector>

#include "report/study.h"

namespace lutra {

/// Networks that differ in their seed only, as one: its metrics are means over the seeds.
struct SeedAverage {
  StudyNetwork network;  // metrics and hardware point into the two below
  int seeds = 1;
  std::shared_ptr<const Json> metrics, hardware;  // null when not known
};

/// One entry per name, in the order of their first appearance. Intervals cover statistics and the spread of the seeds,
/// added in quadrature; counts of events are left out, since all seeds saw the same events. Hardware is the mean of
/// what was estimated, or what was synthesised where that was done.
std::vector<SeedAverage> average_over_seeds(const std::vector<StudyNetwork>& networks);

/// Mean of objects of numbers, lists of numbers and objects that have the same keys; a number with a neighbour
/// `<key>_interval`, or a list `values` with a neighbour `intervals`, gets the interval described above. Anything else
/// is as in the first.
Json mean_of(const std::vector<const Json*>& objects);

}  // namespace lutra
