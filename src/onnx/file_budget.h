#pragma once
#include <string_view>

namespace lutra::onnx {

/// Walks over the bytes of an ONNX file before they are parsed: an empty node takes two bytes in the file and hundreds
/// in memory. Error when the file has more than 2^20 messages and texts, or more than 2^25 numbers in lists. Says
/// nothing about whether it is an ONNX file.
void check_file_budget(std::string_view bytes);

}  // namespace lutra::onnx
