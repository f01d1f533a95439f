#pragma once
#include <vector>

#include "compile/adder_tree.h"

namespace lutra {

/// Moves bits of the last adder's constant to adders before it where they cost nothing: into gaps beside operands that
/// others overlap anyway. The sum stays the same. `parts` are the ranges of the tree's parts; tree.luts follows.
void spread_constant(AdderTree& tree, const std::vector<Interval>& parts, const AdderOptions& options);

}  // namespace lutra
