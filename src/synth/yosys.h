#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/progress.h"

namespace lutra {

/// One run of Yosys: reads SystemVerilog files, then runs the steps (each one or more lines of a Yosys script).
struct YosysJob {
  std::string name;  // "synthesis": names the files NAME.ys and NAME.log, and the work in progress reports
  std::vector<std::string> steps;
  std::vector<std::filesystem::path> files;
  bool portable = false;  // SYNTHESIS is not defined: no vendor primitives
};

/// Runs the job in folder `work` and reports finished steps. Error with Yosys' own message when it is missing, refuses,
/// or takes longer than `timeout_s`.
void run_yosys(const YosysJob& job, const std::filesystem::path& work, double timeout_s, const Progress& progress);

/// "Yosys 0.23 (git sha1 ...)".
std::string yosys_version();

}  // namespace lutra
