#pragma once
#include <cstdint>
#include <vector>

#include "student/guidance.h"
#include "student/student_layout.h"

namespace lutra {

/// Parameters of an unquantized student (and of the hints' adapters) to start from, a function of (seed, attempt).
///
/// Layer by layer, the data set the scale (layer-sequential unit variance, arXiv 1511.06422): every channel's sums get
/// mean 0.25 and standard deviation 0.25 over calibration events, the middle of the clipped unit's range. Layers with
/// one or two channels get weights with a positive mean, so that the sparse image cannot be lost in them at the start.
std::vector<float> initial_student(const StudentLayout& layout, const Guidance& guidance, const Samples& samples,
                                   std::int64_t seed, int attempt);

}  // namespace lutra
