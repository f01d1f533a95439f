#pragma once
#include <string>
#include <string_view>

namespace lutra {

/// Any text as it may stand in a comment of SystemVerilog, VHDL, C++, Tcl or Yosys: one line of printable ASCII that
/// ends no comment (newline, */), continues none (\, ??/), opens none and is no macro (`), variable ($) or pragma of a
/// tool, because words of ours come first. Whatever could be one of these becomes _.
std::string comment_text(std::string_view text);

}  // namespace lutra
