#pragma once
#include "compile/adder_tree.h"
#include "compile/sharing.h"

namespace lutra {

/// A system and what its adders cost.
struct PricedSystem {
  SharedSystem system;
  double luts = 0;
};

/// Puts the digits of shared sums back into their users where that makes adders cheaper: a sum of two that is used
/// twice costs an adder of its own and saves half an adder of three operands per use. `inputs` are the ranges of the
/// system's inputs, `targets` what the rows are for. Sums without uses are gone.
PricedSystem unshare_sums(SharedSystem system, const std::vector<Interval>& inputs,
                          const std::vector<RowTarget>& targets, const AdderOptions& options, bool price_only = false);

}  // namespace lutra
