#pragma once
#include "base/json.h"
#include "compile/delay.h"
#include "ir/schedule.h"

namespace lutra {

/// Look-up tables of every value as Yosys maps it (frozen adders): exact for adders, estimated for the rest; [values].
/// `three_inputs`: three-input adders are there (sum_plan.h).
std::vector<double> lut_counts(const Program& program, bool three_inputs);
double total_luts(const Program& program, bool three_inputs);

/// {"lut", "ff", "layers": [{"name", "lut", "adders", "values", "first_stage", "last_stage"}], "adder_levels" (carry
/// chains on the longest way from inputs to outputs), "stage_delay_ns": [stages], "critical_ns"}. Every number is an
/// estimate made before synthesis.
Json estimate_cost(const Program& program, const Schedule& schedule, const DelayModel& model);

}  // namespace lutra
