#pragma once
#include <span>
#include <vector>

#include "student/student_pass.h"
#include "student/working_point_config.h"
#include "train/samples.h"

namespace lutra {

/// The largest shift of the first output (scaled units, a multiple of half of the outputs' `grid`) at which the
/// validation events stay within the limits: the same network at the best efficiency it is allowed. Error when the task
/// has no threshold.
double working_shift(const WorkingPoint& point, const Samples& samples, const StudentLayout& layout,
                     const EffectiveStudent& student, double grid);

/// The highest cut at or below which at most `share` of the values lie above: cut such that a value is accepted when it
/// is above it. `values` must not be empty.
float cut_for_share(std::vector<float> values, double share);

}  // namespace lutra
