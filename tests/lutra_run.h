#pragma once
#include <string>
#include <vector>

#include "base/process.h"

namespace lutra {

/// The program under test with these arguments.
inline ProcessResult lutra_run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), LUTRA_PROGRAM);
  return run_process(arguments, {.timeout_s = 600});
}

}  // namespace lutra
