#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "ir/program.h"

namespace lutra {

/// A function of a few bits, all results at once: patterns[index] is the result's bit pattern. Where the index cannot
/// get, it is what the hardware gives.
struct TruthTable {
  int index_bits = 0;
  int bits = 1;                         // of the result
  std::vector<std::uint64_t> patterns;  // [2^index_bits]
};

/// Of a `table` value: by the bit pattern of its argument; 0 where its argument cannot get.
TruthTable truth_table(const Program& program, const Value& table);

/// How a truth table becomes hardware, bit by bit of the result.
struct TablePlan {
  enum class Kind { constant, wire, function };
  struct Bit {
    Kind kind = Kind::constant;
    bool inverted = false;      // of a wire; of a constant: it is 1
    std::uint64_t support = 0;  // the index bits that it depends on
  };
  std::vector<Bit> bits;
  std::vector<std::pair<int, int>> pairs;  // functions of at most five index bits together: one LUT6_2
  std::vector<int> singles;                // the other functions
};

/// Pairs first those that depend on the same index bits.
TablePlan plan_table(const TruthTable& table);

/// Look-up tables of six inputs; a pair counts as one when `paired`. Wires, inverters and constants are free, more
/// than six inputs double the count each.
double table_luts(const TablePlan& plan, bool paired);

}  // namespace lutra
