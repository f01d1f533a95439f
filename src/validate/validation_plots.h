#pragma once
#include <vector>

#include "validate/observations.h"
#include "validate/plot.h"

namespace lutra {

/// What was observed against what was measured, one plot each: shift, acceptance, muon widths, noise widths, noise
/// multiplicity, containment. Plots without events are left out.
std::vector<Plot> validation_plots(const Observations& observed);

}  // namespace lutra
