#pragma once
#include <functional>
#include <string>
#include <vector>

#include "ir/program.h"
#include "rtl/verilog.h"

namespace lutra {

/// Logic of one value: wires, look-up tables and three-input adders, one of which has the value's name.
struct ValueLogic {
  std::vector<verilog::Net> nets;
  std::vector<verilog::Instance> instances;
  std::vector<verilog::Wire> wires;
  std::vector<verilog::Lookup> lookups;
};

/// Name of a value's wire: its op and number.
std::string value_name(const Program& program, int id);

/// `use(id)` is how an argument is written where this value is computed; its width is that of the argument's format.
/// `three_inputs`: sums of three rows instantiate lutra_add3 (add3.h).
ValueLogic value_logic(const Program& program, int id, bool three_inputs, const std::function<verilog::Expr(int)>& use);

/// The bits of `x`, an integer of format `from`, as `width` bits: extended by its sign, or cut.
verilog::Expr resize(const verilog::Expr& x, Format from, int width);

/// The bit pattern of an integer in `width` bits.
std::uint64_t pattern(std::int64_t value, int width);

}  // namespace lutra
