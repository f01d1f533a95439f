#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "ir/program.h"
#include "ir/table_plan.h"

namespace lutra {

/// A value as a function of earlier ones ("leaves") of a few bits in all: what one look-up table per bit can compute.
struct Cut {
  std::vector<int> leaves;            // ascending, no constants
  int bits = 0;                       // of all leaves
  std::vector<std::int64_t> results;  // by leaf integers, each counted from its range's lower end, the first fastest
  std::uint64_t possible = 0;         // [results]; the others would put some value outside its range
};

struct CutOptions {
  int max_bits = 6;  // at most 6: `possible` has 64 bits
  std::size_t max_cuts = 8;
};

/// Cuts of every value, [values]; the first is the value itself where that is narrow enough. Inputs, `start` and
/// `previous` have no other. Those of few bits are kept first; none has the leaves of another and more.
std::vector<std::vector<Cut>> find_cuts(const Program& program, const CutOptions& options = {});

/// The value as a function of its arguments, if they are narrow enough.
std::optional<Cut> argument_cut(const Program& program, const Value& value, int max_bits = 6);

/// The cut as a truth table: index bits are the patterns of its leaves, the first in the lowest. `value` is the value
/// that the cut computes. What cannot happen is filled with what happens nearby.
TruthTable truth_table(const Program& program, const Value& value, const Cut& cut);

}  // namespace lutra
