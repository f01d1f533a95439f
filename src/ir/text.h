#pragma once
#include <string>

#include "ir/program.h"

namespace lutra {

/// One line per value, such as
///     %12 = sum(%3, -%4<<2) 7 in [0, 31] u5.4 layer 0
/// (op, arguments, immediates, range, format, source layer). parse_program(print_program(p)) == p.
std::string print_program(const Program& program);

/// Error naming `where` and the line on anything that print_program does not write; the result is checked.
Program parse_program(const std::string& text, const std::string& where);

}  // namespace lutra
