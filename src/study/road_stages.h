#pragma once
#include <filesystem>
#include <vector>

#include "study/pipeline.h"
#include "study/predict.h"
#include "study/study.h"

namespace lutra {

/// Leaves network.json in `folder`, and returns it. Error when config.truth_share is below 1 and there is no teacher.
Network train_road_network(const RoadConfig& config, const Dataset& data, const TeacherFiles& teacher,
                           const std::filesystem::path& folder, const Context& context);

/// Leaves network.json in `out`. Without a teacher the truth alone counts. The summary holds what the network does on
/// the test events and costs (judged_to_json).
Json make_roads(const Study& study, const std::filesystem::path& data, const TeacherFiles& teacher,
                const std::filesystem::path& out, const Context& context);

/// One stage for every network of the study's road grid, roads/<point>: leaves network.json and entry.json there.
std::vector<Stage> road_stages(const Study& study, const std::filesystem::path& data,
                               const std::filesystem::path& teacher, const Context& context);

}  // namespace lutra
