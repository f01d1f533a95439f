#pragma once
#include "base/config.h"

namespace lutra {

/// What may be accepted at the first threshold of a task. 0: no limit.
struct WorkingPoint {
  double max_leakage = 0;  // share of the muons below low_truth
  double max_fake = 0;     // share of the events without muon
  double low_truth = 7;    // unit of the first output

  bool wanted() const { return max_leakage > 0 || max_fake > 0; }
};

void describe(Fields& f, WorkingPoint& c);

}  // namespace lutra
