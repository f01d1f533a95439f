#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "teacher/teacher_layers.h"
#include "train/compute.h"

namespace lutra {

/// Adds the gradient of scale x sum over events of weighted squared error / targets to `gradient`; returns the unscaled
/// sum. inputs [events][rows][cols], truth and weight [events][targets]. Runs on the calling thread only.
double add_teacher_gradient(const TeacherShape& shape, Device device, std::span<const float> parameters,
                            std::span<const float> inputs, std::span<const float> truth, std::span<const float> weight,
                            double scale, std::span<float> gradient);

/// Scaled outputs [events][targets]. When `maps` is not empty, maps[k] is replaced by the values before the ReLU of
/// layer k (teacher_layers) for the wanted layers: [events][channels][rows][cols].
std::vector<float> run_teacher(const TeacherShape& shape, Device device, std::span<const float> parameters,
                               std::span<const float> inputs, std::span<const int> wanted = {},
                               std::vector<std::vector<float>>* maps = nullptr);

}  // namespace lutra
