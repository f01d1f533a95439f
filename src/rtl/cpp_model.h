#pragma once
#include <string>

#include "ir/program.h"

namespace lutra {

/// A C++17 header without dependencies that computes the integers of a program without memory (unroll_clocks()):
/// namespace `name`, inputs, outputs and void evaluate(const std::int64_t* in, std::int64_t* out).
std::string cpp_model(const Program& program, const std::string& name);

}  // namespace lutra
