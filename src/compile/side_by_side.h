#pragma once
#include <vector>

#include "ir/builder.h"
#include "ir/table_plan.h"

namespace lutra {

/// A value and the bits that its pattern takes: those of its format, or more.
struct PatternPart {
  int value = 0;
  int bits = 1;
};

/// The parts' patterns side by side as one unsigned number of at most 62 bits, the first in the lowest bits: wires.
int side_by_side(Builder& builder, const std::vector<PatternPart>& parts, int frac = 0);

/// A table whose index is these parts side by side, with results of this format.
int table_of(Builder& builder, const std::vector<PatternPart>& parts, const TruthTable& table, Format format);

}  // namespace lutra
