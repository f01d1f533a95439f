#pragma once
#include <string_view>

namespace lutra {

/// A file that was built into the program: "report.js", "style.css", "turn_on.vl.json", ... It must exist.
std::string_view embedded_file(std::string_view name);

}  // namespace lutra
