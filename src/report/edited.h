#pragma once
#include <string>

#include "base/json.h"

namespace lutra {

/// A sentence, after a space, about the files of the RTL that were edited before `result` was made of it (verify.json,
/// synth.json); "" when none were.
std::string edited_sentence(const Json& result, const std::string& where);

}  // namespace lutra
