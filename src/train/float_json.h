#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/json.h"

namespace lutra {

/// Floats as a JSON list that reads back to the same bits. They are widened to double, whose shortest decimal form
/// nlohmann prints; narrowing on reading is exact.
Json floats_to_json(std::span<const float> values);

/// Error naming `where` when the key is missing, or a value is not a finite number that a float holds exactly.
std::vector<float> floats_from_json(const Json& object, const std::string& key, const std::string& where);

}  // namespace lutra
