#pragma once
#include <string>
#include <string_view>

namespace lutra {

/// The letters and digits of any text with single underscores between them, to end a name with; "net" when there are
/// none.
std::string identifier_part(std::string_view text);

/// A name for a module and a C++ namespace made from any text: a letter, then letters, digits and single underscores,
/// and no word that one of the languages or Lutra's own text uses.
std::string identifier(std::string_view text);

/// Whether identifier() can have made it.
bool is_identifier(std::string_view text);

/// A name of a module, file, device or folder as it stands in a script of Vivado, Quartus or Yosys, where nothing in it
/// needs quotes: only letters, digits and any of _ . - are expected.
const std::string& script_word(const std::string& word);

}  // namespace lutra
