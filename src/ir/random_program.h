#pragma once
#include <cstdint>
#include <vector>

#include "ir/program.h"

namespace lutra {

/// Bounds of random_program.
struct RandomProgramOptions {
  int inputs = 4;
  int values = 30;
  int max_bits = 24;  // of any value
};

/// A checked program that uses every op, a function of the seed alone: for the property tests of passes and of the RTL.
Program random_program(std::uint64_t seed, const RandomProgramOptions& options = {});

/// `events` random events inside the program's input ranges, [events][inputs]; the first two are all-low and all-high.
std::vector<std::vector<std::int64_t>> random_events(const Program& program, std::uint64_t seed, std::size_t events);

}  // namespace lutra
