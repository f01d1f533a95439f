#pragma once
#include <string>

namespace lutra {

/// "42 s", "5 min 03 s".
std::string duration_text(double seconds);

}  // namespace lutra
