#pragma once
#include <string>

namespace lutra {

/// The source with spaces in place of comments, the insides of strings, preprocessor lines, and declarations that the
/// compiler evaluates (constexpr, static_assert, enum, case): a changed value would not compile there. Same length,
/// same lines.
std::string blanked(std::string source);

}  // namespace lutra
