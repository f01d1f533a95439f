#pragma once
#include <filesystem>
#include <string>

#include "base/json.h"

namespace lutra {

/// The few numbers of metrics.json that people ask for first, one algorithm per column.
std::string metrics_table(const Json& metrics);

/// The table that ends `lutra run`: physics, verification and resources of a run folder.
std::string run_table(const std::filesystem::path& run);

}  // namespace lutra
