#pragma once
#include <span>
#include <vector>

#include "model/network.h"
#include "roads/road_config.h"
#include "train/guide.h"

namespace lutra {

/// What a teacher says about the pT of every event of `data` [GeV]. Error when it cannot read the data set or that has
/// no target "pt".
std::vector<double> teacher_pt(const Guide& guide, const Dataset& data, int threads,
                               const Progress& progress = no_progress);

/// Learns one bank of roads per threshold from the training events and makes them one network. `teacher_pt`: see above;
/// may be empty when config.truth_share is 1. Needs 8 bytes per candidate and training event. Errors of
/// make_road_samples and road_network; Error when the thresholds do not rise.
Network train_roads(const RoadConfig& config, const Dataset& data, std::span<const double> teacher_pt, int threads,
                    const Progress& progress = no_progress);

}  // namespace lutra
