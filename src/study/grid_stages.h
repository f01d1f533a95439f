#pragma once
#include <filesystem>

#include "study/grid.h"
#include "study/pipeline.h"
#include "study/study.h"

namespace lutra {

/// What the students of a grid learn from: files that other stages of the pipeline write.
struct GridInputs {
  std::filesystem::path data;
  std::filesystem::path teacher;            // float
  std::filesystem::path quantized_teacher;  // network.json
};

/// One stage for every student of study.grid, named students/<GridPoint::folder()>: trains it, measures it on the test
/// events, compiles it, and leaves network.json, history.json and entry.json, its row of networks.json, in the folder
/// of that name. A student that cannot live leaves a row that says so.
std::vector<Stage> grid_stages(const Study& study, const GridInputs& inputs, const Context& context);

/// Every entry.json that these stages write.
std::vector<std::filesystem::path> entries_of(const std::vector<Stage>& stages);

/// Writes networks.json (docs/report.md) to `out` from these entry.json, in their order.
Json make_networks(const Study& study, const std::vector<std::filesystem::path>& entries,
                   const std::filesystem::path& out);

}  // namespace lutra
