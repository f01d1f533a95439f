#pragma once
#include <filesystem>
#include <memory>

#include "train/guide.h"

namespace lutra {

/// Whether a file is a network.json, rather than a teacher.json or something else.
bool is_network(const std::filesystem::path& path);

/// The guide in a file of either kind: teacher.json or network.json. Error when it is neither.
std::unique_ptr<Guide> read_guide(const std::filesystem::path& path);

}  // namespace lutra
