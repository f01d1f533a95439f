#pragma once
#include <string>

namespace lutra {

inline constexpr const char* add3_file = "lutra_add3.sv";

/// SystemVerilog of the three-input adder lutra_add3: y = a + b + c, modulo 2^W, where the bits of NOT_A, NOT_B and
/// NOT_C are complemented first, which the tables do. A LUT6_2 of every bit of TABLES makes
/// the sum bit for the carry chain and the saved carry for the bit above; in the other bits at most one of a, b, c and
/// the saved carry is not constant 0, and the carry chain takes it as it is. Simulators see plain addition.
std::string add3_text();

}  // namespace lutra
