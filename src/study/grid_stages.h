#pragma once
#include <filesystem>

#include "study/grid.h"
#include "study/pipeline.h"
#include "study/study.h"

namespace lutra {

/// What the students of a grid learn from. The stages "fragment", "train" and "train-quantized" must make these files.
struct GridInputs {
  std::filesystem::path data;
  std::filesystem::path teacher;            // float
  std::filesystem::path quantized_teacher;  // network.json
};

/// One stage for every student of study.grid, named students/<GridPoint::folder()>: trains it, measures it on the test
/// events, compiles it, and leaves network.json, history.json and entry.json, its row of networks.json, in the folder
/// of that name inside `dir`. A student that cannot live leaves a row that says so.
std::vector<Stage> grid_stages(const Study& study, const GridInputs& inputs, const std::filesystem::path& dir,
                               const Context& context);

/// Names of these stages.
std::vector<std::string> names_of(const std::vector<Stage>& stages);

/// Writes networks.json (docs/report.md) into `dir` from the entry.json of these folders inside it, in their order.
Json make_networks(const Study& study, const std::vector<std::string>& folders, const std::filesystem::path& dir);

}  // namespace lutra
