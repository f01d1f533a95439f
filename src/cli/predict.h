#pragma once
#include <filesystem>

#include "cli/session.h"
#include "event/dataset.h"
#include "model/network.h"
#include "physics/predictions.h"

namespace lutra {

/// What the reference evaluator says about every event of a data set. Error when network and data have different inputs
/// or targets.
Predictions network_predictions(const Network& network, const Dataset& data, const Session& session);

/// What a teacher of either kind (teacher.json or network.json) says about them.
Predictions teacher_predictions(const std::filesystem::path& teacher, const Dataset& data, const Session& session);

}  // namespace lutra
