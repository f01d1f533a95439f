#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.h"

namespace lutra {

/// Runs the program on one event of program.inputs integers and returns the outputs. The reference for every pass and
/// for the RTL. Error when an input is outside its range or a value leaves the range that the program states for it.
std::vector<std::int64_t> interpret(const Program& program, std::span<const std::int64_t> event);

/// All values in one clock: [values]. `before` holds those of the clock before ([values], or empty for the first);
/// `start` says whether `inputs` are an event.
std::vector<std::int64_t> interpret_values(const Program& program, std::span<const std::int64_t> inputs,
                                           std::span<const std::int64_t> before = {}, bool start = true);

/// Outputs of a stream of events, one every program.interval clocks. Between events the inputs are those of another
/// event, upside down: nothing may depend on them.
std::vector<std::vector<std::int64_t>> interpret_stream(const Program& program,
                                                        const std::vector<std::vector<std::int64_t>>& events);

}  // namespace lutra
