#pragma once
#include <string>

#include "rtl/design.h"

namespace lutra {

/// A VHDL-2008 entity `<top>_vhdl` around the SystemVerilog module: one signed or unsigned port per output, so that
/// VHDL projects need not unpack words. Simulators and vendor tools of mixed language bind the component by its name.
std::string vhdl_wrapper(const Design& design);

}  // namespace lutra
