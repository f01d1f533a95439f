#pragma once
#include <string>
#include <utility>
#include <vector>

namespace lutra {

/// The text with every @NAME replaced by its value; the longest name that fits is meant.
std::string fill_template(const std::string& text, const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace lutra
