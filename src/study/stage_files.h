#pragma once
#include "study/pipeline.h"

namespace lutra {

/// File -> hash, of every output of a stage and everything in those that are folders, below `base`. Error when one is
/// missing or cannot be read.
Json output_hashes(const std::filesystem::path& base, const Stage& stage);

/// Removes what killed processes left in `work` while they wrote: none of it is an output.
void remove_leftovers(const std::filesystem::path& work);

/// Moves everything in `work` to its place in `folder`. A folder replaces the one that is there, unless other stages
/// of `all` have outputs in it: then what they left stays. What is replaced lies at `old` for a moment.
void put_in_place(const std::filesystem::path& work, const std::filesystem::path& folder,
                  const std::filesystem::path& old, const Stage& stage, const std::vector<Stage>& all);

}  // namespace lutra
