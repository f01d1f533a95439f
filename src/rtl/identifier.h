#pragma once
#include <string>

namespace lutra {

/// A name for a module made from any text: legal in SystemVerilog, VHDL and C++, and no word that one of them reserves.
std::string identifier(const std::string& text);

}  // namespace lutra
