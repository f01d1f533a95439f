#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lease.h"
#include "study/context.h"

namespace lutra {

/// Where a stage finds what it reads.
class StageInputs {
 public:
  /// The paths are relative to the folder.
  StageInputs(std::filesystem::path folder, const std::vector<std::filesystem::path>& paths)
      : folder_(std::move(folder)), paths_(paths) {}

  /// Expects one of the paths: nothing is read that nobody was told of.
  std::filesystem::path operator()(const std::filesystem::path& path) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> paths_;
};

/// One stage of `lutra run`: what it reads, what it leaves, and everything else that its result depends on.
struct Stage {
  std::string name;
  std::vector<std::filesystem::path> reads;   // files and folders that other stages write
  std::vector<std::filesystem::path> writes;  // files and folders it leaves, all relative to the run's folder
  Json config;                                // the part of the study its result depends on
  /// Leaves what it writes in `out`, and may leave more there.
  std::function<void(const StageInputs& in, const std::filesystem::path& out)> run;
  int version = 1;       // to be raised by whoever changes what the stage makes of the same inputs
  bool resumes = false;  // goes on from what an attempt that was cut off left in `out`; else `out` is empty
  /// Whether what it left in `out` is final; when not, it is used, but the next run tries again. None: always.
  std::function<bool(const std::filesystem::path& out)> is_final = {};
};

/// Hash of a file's bytes. Error when it cannot be read.
std::string hash_file(const std::filesystem::path& path);

/// A file that was made elsewhere, as a stage that only looks whether it is there. Its path becomes absolute.
Stage given_file(const std::string& name, const std::filesystem::path& file);

/// Runs the stages inside the folder of the lease, each after those that write what it reads (study/stage_order.h). A
/// stage is skipped when the same configuration, the same release and version of the stage and the same bytes of what
/// it reads made its outputs, and these still hash to what was written down. So a new stage, or a change to one,
/// remakes what depends on it and nothing else.
///
/// A stage works in a folder of its own, .stages/work/<key>. When it has ended, the hashes of what it wrote are taken
/// there, then everything is moved to its place; folders that are outputs replace the old ones as a whole. Its record
/// is written last, so a kill loses at most the stage in progress, and nothing half-made is ever in its place.
void run_pipeline(const Lease& lease, const std::vector<Stage>& stages, const Context& context);

}  // namespace lutra
