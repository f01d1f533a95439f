#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ir/program.h"
#include "rtl/design.h"

namespace lutra {

/// Events and the outputs that the interpreter gives for them, as $readmemh text: one packed hexadecimal word per line.
struct Vectors {
  std::string inputs;
  std::string outputs;
  std::size_t events = 0;
};

/// `events` random events inside the input ranges, the first two all-smallest and all-largest.
Vectors make_vectors(const Program& program, std::uint64_t seed, std::size_t events);

/// Integers packed as the ports are, first in the lowest bits, as a hexadecimal word.
std::string packed_hex(const std::vector<std::int64_t>& values, const std::vector<int>& bits);

/// A testbench that drives every vector (with gaps in in_valid), compares and counts; it prints "PASS <events>" or
/// "FAIL ..." and ends. It reads the vectors from the current folder.
std::string testbench_text(const Design& design, std::size_t events);

inline constexpr const char* input_vectors_file = "vectors_in.hex";
inline constexpr const char* output_vectors_file = "vectors_out.hex";

}  // namespace lutra
