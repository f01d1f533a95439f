#pragma once
#include <vector>

#include "event/dataset.h"
#include "model/network.h"
#include "train/road_bank.h"

namespace lutra {

/// Banks, one per threshold of the configuration, as an integer network for this data set's inputs: planes that fire
/// (saturation, pooling), planes per station (a convolution with weights 0 and 1), the states of all roads (a
/// convolution that only wires), truth tables, OR over columns (pooling) and roads (a saturating sum), and a table from
/// the thresholds passed to pT: the middle between the highest of them and the next, 0 when none is. Its only target is
/// pT. Error when the data set has no target "pt".
Network road_network(const RoadConfig& config, const std::vector<RoadBank>& banks, const Dataset& data);

}  // namespace lutra
