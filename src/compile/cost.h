#pragma once
#include "base/json.h"
#include "compile/delay.h"
#include "ir/schedule.h"

namespace lutra {

/// Look-up tables of every value as Yosys maps it (frozen adders): exact for adders, estimated for the rest; [values].
/// `three_inputs`: three-input adders are there (sum_plan.h).
std::vector<double> lut_counts(const Program& program, bool three_inputs);
double total_luts(const Program& program, bool three_inputs);

/// {"lut", "ff", "adder_levels": most adders in series from input to output,
///  "layers": [{"name", "lut", "ff", "adders", "adder_levels", "values", "first_stage", "last_stage"}],
///  "stages": [{"delay_ns", "adder_levels", "ff", "layers": names of those that compute there}],
///  "critical_ns", "critical_path": {"stage", "overhead_ns", "steps": [{"value", "op", "layer", "bits", "adder_levels",
///  "delay_ns"}]}}. Every number is an estimate made before synthesis. The inputs' registers and the valid bits are in
/// "ff" and in the stages, but in no layer. Stages count from 0; the RTL calls a value `op`_`value`.
Json estimate_cost(const Program& program, const Schedule& schedule, const DelayModel& model);

}  // namespace lutra
