#pragma once
#include <string_view>

namespace lutra {

/// Whether a module or namespace may not be called so, in any case (VHDL ignores it): keywords of SystemVerilog, VHDL
/// and C++, names that C++ headers declare outside namespaces, and names that Lutra's own text uses.
bool is_reserved(std::string_view word);

}  // namespace lutra
