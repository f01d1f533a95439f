#pragma once
#include <string>
#include <string_view>

/// Names of networks, layers, targets and classes come from files and end in generated code, scripts, messages and
/// reports. One rule keeps them harmless everywhere:
///
///     1 to 64 characters: letters, digits, spaces and any of _ . : / + - = ( ), beginning with a letter, digit, _ or /
///     and not ending with a space
namespace lutra {

/// Error, in the words of the rule, unless `text` is a name. `where` is the file, with the place in it, and `what` is
/// named: "layer 3", "the network".
void check_name(std::string_view text, const std::string& where, const std::string& what);

/// The name nearest to any text: what a name may not hold becomes _, what is too long is cut. A name stays as it is.
std::string made_name(std::string_view text);

/// Any text made fit for one line of a message: printable ASCII, at most 60 characters.
std::string printable(std::string_view text);

/// Any text without what a terminal takes for a command: control characters but newlines become spaces.
std::string terminal_text(std::string text);

}  // namespace lutra
