#pragma once
#include <string>

namespace lutra {

inline constexpr const char* luts_file = "lutra_luts.sv";

/// SystemVerilog of lutra_lut, a function of six bits in one LUT6, and of lutra_lut_pair, two functions of the same
/// five bits in one LUT6_2; simulators see tables.
std::string luts_text();

}  // namespace lutra
