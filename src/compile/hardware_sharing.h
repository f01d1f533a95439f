#pragma once
#include "compile/cost.h"
#include "compile/lower.h"

namespace lutra {

/// The cheapest way found to compute one event every options.interval clocks: options with `serial` filled in. Starts
/// from everything in parallel; for one map after the other it is tried, by lowering the whole network, what taking it
/// apart saves behind it (cost model), until nothing saves any more.
LoweringOptions share_hardware(const Network& network, LoweringOptions options, const Progress& progress);

}  // namespace lutra
