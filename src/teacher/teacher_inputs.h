#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "event/dataset.h"
#include "teacher/teacher_graph.h"

namespace lutra {

TeacherShape teacher_shape(const Dataset& data);

/// Inputs of some events as real numbers, [events][rows][cols].
std::vector<float> real_inputs(const Dataset& data, std::span<const std::uint32_t> events);

}  // namespace lutra
