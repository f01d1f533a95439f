#pragma once
#include "ir/program.h"

namespace lutra {

/// Finds ORs of many bits (maxima of bits; sums of non-negative terms that saturate at one unit; both through each
/// other) and writes each as
///   1. groups of operands that are together a function of six bits (which collapse() makes one table), then
///   2. a tree of six-input ORs, or, of a dozen groups or more, carry chains: none of the groups is set when (side by
///      side, inverted) + 1 carries out of the top. The carry cells cost no look-up table.
Program widen_ors(const Program& program);

}  // namespace lutra
