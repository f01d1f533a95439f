#pragma once
#include <filesystem>
#include <string>

#include "import/import.h"

namespace lutra {

/// Name, size and hash of a source file.
ImportReport::File describe_file(const std::filesystem::path& path, const std::string& format);

}  // namespace lutra
