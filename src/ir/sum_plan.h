#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "ir/program.h"

namespace lutra {

/// How hardware computes a `sum`, without sign extension anywhere: every operand becomes an unsigned field of its own
/// width (a signed one with its top bit flipped, a subtracted one with all bits inverted), the offsets of these changes
/// are one constant, and everything is modulo 2^bits of the result.
struct Field {
  int value = 0;
  int shift = 0;
  int bits = 0;
  bool invert = false;    // all bits
  bool flip_top = false;  // then the top bit again
};

/// One addend of the adder: fields that do not overlap, and constant ones where no field is.
struct AdderRow {
  std::vector<Field> fields;
  std::uint64_t ones = 0;
  std::uint64_t occupied = 0;  // bits of the fields
};

struct SumPlan {
  int bits = 1;
  std::vector<AdderRow> rows;  // 1: wires; 2: one adder; 3 or 4: more
  bool carry_in = false;       // 1 at the lowest bit where two rows meet
};

/// Plan of a sum value.
SumPlan plan_sum(const Program& program, const Value& sum);

/// An operand of a sum with this range, as a field.
Field field_of(const Operand& operand, Interval range);

/// Plan of the sum of these operands and `addend`, modulo 2^bits.
SumPlan plan_sum(std::vector<Field> fields, std::int64_t addend, int bits);

/// The addend that makes the constant vanish: the sum of the fields alone.
std::int64_t free_addend(const std::vector<Field>& fields);

/// Lowest bit where two rows have something to add; plan.bits when there is none.
int first_overlap(const SumPlan& plan);

/// Bits in which a row is the complement of its operand.
std::uint64_t inverted_bits(const AdderRow& row, int bits);

/// Look-up tables of one two-row adder: bits in which both rows are set or one of them is inverted. Carry cells
/// take the rest (this is what Yosys counts: a carry cell fed by a bare signal needs no table).
int adder_luts(const AdderRow& x, const AdderRow& y, int bits);

/// Bits in which a three-input adder needs a table: where two of its rows, or one and the carry saved from the bit
/// below, meet.
std::uint64_t adder3_bits(const std::vector<AdderRow>& rows, int bits);

/// x + y as the one field of a row, as wide as the sum can be but at most `bits`.
AdderRow joined_row(const AdderRow& x, const AdderRow& y, int bits);

/// Look-up tables of a whole sum. With `three_inputs`, three rows take one adder of one LUT6_2 per bit.
int sum_luts(const SumPlan& plan, bool three_inputs);

}  // namespace lutra
