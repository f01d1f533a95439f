#pragma once
#include "compile/delay.h"
#include "ir/schedule.h"

namespace lutra {

/// What happens in one pipeline stage.
struct StageTiming {
  double delay_ns = 0;    // longest path, the overhead included
  int adder_levels = 0;   // most adders in series
  int flip_flops = 0;     // behind it, of its values and of those that pass by; without the valid bit
  std::vector<int> path;  // the values on its longest path, first to last; values without delay (wires) left out
};

/// [stages].
std::vector<StageTiming> stage_timing(const Program& program, const Schedule& schedule, const DelayModel& model = {});

/// Most adders in series from the inputs to every value, registers ignored, counting from its own layer's inputs only
/// when `within_layer`: [values].
std::vector<int> adder_depth(const Program& program, const DelayModel& model, bool within_layer);

}  // namespace lutra
