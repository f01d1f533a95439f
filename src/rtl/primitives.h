#pragma once
#include <string>
#include <vector>

namespace lutra {

struct PrimitiveFile {
  std::string name;
  std::string text;
};

/// Modules that designs of the ultrascale flavour instantiate.
std::vector<PrimitiveFile> primitive_files();

}  // namespace lutra
