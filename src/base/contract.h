#pragma once
#include <source_location>

namespace lutra {

/// Ends the program with the place of the broken contract. Always on: a wrong trigger decision costs more than a
/// branch.
[[noreturn]] void contract_broken(const char* what, std::source_location where);

/// States what must hold for the code to be right. A failure is a bug of ours, never bad input (that is Error).
inline void expects(bool holds, const char* what, std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    contract_broken(what, where);
}

}  // namespace lutra
