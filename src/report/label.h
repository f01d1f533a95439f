#pragma once
#include <string>

namespace lutra {

/// A key of an artifact for people: "teacher_9x384" -> "Teacher 9x384", "lut_by_size" -> "LUT by size".
std::string label_of(const std::string& key);

}  // namespace lutra
