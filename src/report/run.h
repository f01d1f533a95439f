#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/artifacts.h"

namespace lutra {

/// Every file the report knows. Only the first, metrics.json, must exist.
std::vector<ArtifactFile> run_files();

/// What a run folder holds.
struct Run {
  std::string name;                           // of the folder
  std::map<std::string, JsonArtifact> files;  // by ArtifactFile::path; absent when that stage was not run
  std::string study;                          // study.toml as it was, empty when absent

  /// nullptr when that stage was not run.
  const Json* body(const std::string& path) const;
};

/// Error when the folder or its metrics.json is missing, or when a file in it is damaged, foreign or newer.
Run read_run(const std::filesystem::path& folder);

}  // namespace lutra
