#pragma once
#include <functional>
#include <string>
#include <vector>

#include "ir/sum_plan.h"
#include "rtl/verilog.h"

namespace lutra {

/// Wires of a planned sum, the last of them named `name`: no adder reaches below the first bit where two rows meet.
std::vector<verilog::Wire> sum_logic(const SumPlan& plan, const std::string& name,
                                     const std::function<verilog::Expr(int)>& use);

}  // namespace lutra
