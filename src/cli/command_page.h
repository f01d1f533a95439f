#pragma once
#include <string>

namespace lutra {

/// docs/commands.md: every subcommand with its flags and an example, from the table of commands. A test compares it
/// with the file in the tree.
std::string command_page();

}  // namespace lutra
