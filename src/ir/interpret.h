#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.h"

namespace lutra {

/// Runs the program on one event of program.inputs integers and returns the outputs. The reference for every pass and
/// for the RTL. Error when an input is outside its range or a value leaves the range that the program states for it.
std::vector<std::int64_t> interpret(const Program& program, std::span<const std::int64_t> event);

/// The same, all values: [values]. `before` holds the values of the event before ([values], or empty for the first).
std::vector<std::int64_t> interpret_values(const Program& program, std::span<const std::int64_t> event,
                                           std::span<const std::int64_t> before = {});

/// Outputs of a stream of events, each after the one before.
std::vector<std::vector<std::int64_t>> interpret_stream(const Program& program,
                                                        const std::vector<std::vector<std::int64_t>>& events);

}  // namespace lutra
