#pragma once
#include <vector>

#include "event/dataset.h"
#include "model/network.h"
#include "roads/road_bank.h"

namespace lutra {

/// What was learned: a bank per threshold of the configuration, and where a muon passes whose road begins in a column.
struct RoadBanks {
  std::vector<RoadBank> banks;
  std::vector<double> position;  // [cols], scaled; empty when the data set has no target that moves with the window
};

/// Banks as an integer network for this data set's inputs: planes that fire (saturation, pooling), planes per station
/// (a convolution with weights 0 and 1), the states of all roads (a convolution that only wires), truth tables, OR over
/// roads (a saturating sum) and columns (pooling), and a table from the thresholds passed to pT: the middle between the
/// highest of them and the next, 0 when none is. The position is a table of the first column in which a road begins.
/// Targets are pT and, if the data set has one, the target that moves with the window. Error when it has no "pt".
Network road_network(const RoadConfig& config, const RoadBanks& found, const Dataset& data);

}  // namespace lutra
