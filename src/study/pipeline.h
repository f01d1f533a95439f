#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lease.h"
#include "study/context.h"

namespace lutra {

/// One stage of `lutra run`: what it needs, what it leaves, and everything its result depends on.
struct Stage {
  std::string name;
  std::vector<std::string> after;              // names of earlier stages whose outputs it reads
  std::vector<std::filesystem::path> outputs;  // files and folders it leaves, relative to the run's folder
  Json config;                                 // the part of the study its result depends on
  std::function<void(const std::filesystem::path& out)> run;  // leaves the outputs in `out`, and may leave more there
  int version = 1;       // to be raised by whoever changes what the stage makes of the same inputs
  bool resumes = false;  // goes on from what an attempt that was cut off left in `out`; else `out` is empty
  /// Whether what it left in `out` is final; when not, it is used, but the next run tries again. None: always.
  std::function<bool(const std::filesystem::path& out)> is_final = {};
};

/// Hash of a file's bytes. Error when it cannot be read.
std::string hash_file(const std::filesystem::path& path);

/// Runs the stages in order inside the folder of the lease. A stage is skipped when the same configuration, the same
/// release and version of the stage and the same outputs of the stages it reads made its own outputs, and these still
/// hash to what was written down. So a new stage, or a change to one, remakes what depends on it and nothing else.
///
/// A stage works in a folder of its own, .stages/work/<key>. When it has ended, the hashes of what it wrote are taken
/// there, then everything is moved to its place; folders that are outputs replace the old ones as a whole. Its record
/// is written last, so a kill loses at most the stage in progress, and nothing half-made is ever in its place.
void run_pipeline(const Lease& lease, const std::vector<Stage>& stages, const Context& context);

}  // namespace lutra
