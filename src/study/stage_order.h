#pragma once
#include <vector>

#include "study/pipeline.h"

namespace lutra {

/// Whether a path is this folder or file, or lies in it; both as they are written, without a look at the disk.
bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder);

/// The stages in an order in which each reads what was written before; where that leaves a choice, as given. A stage
/// that reads a folder comes after all that write into it, and one that reads a file in a folder that another writes
/// comes after that. Expects that no two write the same path, that somebody writes what is read, and that nobody reads
/// what follows from its own outputs.
std::vector<Stage> in_order(std::vector<Stage> stages);

}  // namespace lutra
