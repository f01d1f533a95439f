#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "study/context.h"

namespace lutra {

/// One stage of `lutra run`: what it needs, what it leaves, and everything its result depends on.
struct Stage {
  std::string name;
  std::vector<std::string> after;              // names of earlier stages whose outputs it reads
  std::vector<std::filesystem::path> outputs;  // files and folders it leaves, relative to the run's folder
  Json config;                                 // the part of the study its result depends on
  std::function<void()> run;
  int version = 1;  // to be raised by whoever changes what the stage makes of the same inputs
};

/// Hash of a file's bytes.
std::string hash_file(const std::filesystem::path& path);

/// Runs the stages in order inside `folder`. A stage is skipped when the same configuration, the same release and
/// version of the stage and the same outputs of the stages it reads made its own outputs, and these still hash to what
/// was written down. So a new stage, or a change to one, remakes what depends on it and nothing else. The record of a
/// stage is written after its outputs, so a kill loses at most the stage in progress.
void run_pipeline(const std::filesystem::path& folder, const std::vector<Stage>& stages, const Context& context);

}  // namespace lutra
