#pragma once
#include <string>

namespace lutra {

/// Version of the program, with the revision it was built from: "0.1.0 (a1b2c3d)". Written into every artifact.
std::string code_version();

}  // namespace lutra
