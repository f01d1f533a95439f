#pragma once
#include <string>
#include <vector>

#include "ir/program.h"
#include "ir/schedule.h"
#include "rtl/verilog.h"

namespace lutra {

/// Modules of a design: one per layer that computes something, in order, and the top module (port contract: design.h).
struct DesignModules {
  std::vector<verilog::Module> layers;
  verilog::Module top;
};

DesignModules make_modules(const Program& program, const Schedule& schedule, const std::string& top, bool three_inputs);

}  // namespace lutra
