#pragma once
#include <vector>

#include "report/measured.h"

namespace lutra {

/// The student that became firmware: key "student" of metrics.json; nullptr without one.
const Measured* find_student(const std::vector<Measured>& list);

/// Of the networks found by Lutra that have hardware and a plateau: the highest plateau, or the fewest LUT; nullptr
/// without any.
const Measured* best_of_ours(const std::vector<Measured>& list);
const Measured* smallest_of_ours(const std::vector<Measured>& list);

}  // namespace lutra
