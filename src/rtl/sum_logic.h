#pragma once
#include <functional>
#include <string>
#include <vector>

#include "ir/sum_plan.h"
#include "rtl/value_logic.h"

namespace lutra {

/// Logic of a planned sum named `name`: no adder reaches below the first bit where two rows meet. With `three_inputs`,
/// three rows are one lutra_add3.
ValueLogic sum_logic(const SumPlan& plan, const std::string& name, bool three_inputs,
                     const std::function<verilog::Expr(int)>& use);

}  // namespace lutra
