#pragma once
#include <string>

#include "ir/program.h"

namespace lutra {

/// Error, beginning with `where` and naming the value, unless the program is well formed: arguments defined before use,
/// as many as the op takes, immediates in range, stated ranges inside what the op can produce, tables long enough,
/// outputs inside their formats.
void check_program(const Program& program, const std::string& where);

}  // namespace lutra
