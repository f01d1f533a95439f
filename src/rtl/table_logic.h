#pragma once
#include <string>

#include "ir/table_plan.h"
#include "rtl/value_logic.h"

namespace lutra {

/// Logic of a truth table whose result is called `name`: wires for bits that are one bit of the index, a case for the
/// others; with `primitives`, functions of at most six bits are instances of lutra_lut and lutra_lut_pair (luts.h).
/// `index` can be sliced.
ValueLogic table_logic(const TruthTable& table, const std::string& name, const verilog::Expr& index, bool primitives);

}  // namespace lutra
