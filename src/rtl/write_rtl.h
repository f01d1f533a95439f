#pragma once
#include <filesystem>

#include "ir/program.h"
#include "ir/schedule.h"
#include "rtl/design.h"

namespace lutra {

/// Everything that a compiled network needs to become files.
struct RtlInput {
  const Program& program;
  const Schedule& schedule;
  double clock_ns = 2;
  std::string network_hash;
  Json cost;
  bool three_inputs = false;  // instantiate three-input adders
};

/// Fills `folder` (made if need be): SystemVerilog, VHDL wrapper, testbench and vectors, C++ model and network.ir.
/// Returns what write_design() has to say about them, once more files were added. The same input gives the same bytes.
Design write_rtl(const std::filesystem::path& folder, const RtlInput& input);

}  // namespace lutra
