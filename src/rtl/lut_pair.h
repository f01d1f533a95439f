#pragma once
#include <string>

namespace lutra {

inline constexpr const char* lut_pair_file = "lutra_lut_pair.sv";

/// SystemVerilog of lutra_lut_pair: two functions of the same five bits from the two outputs of one LUT6_2; simulators
/// see two tables.
std::string lut_pair_text();

}  // namespace lutra
