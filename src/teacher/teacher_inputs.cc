#include "teacher/teacher_inputs.h"

#include <cmath>

namespace lutra {

TeacherShape teacher_shape(const Dataset& data) {
  return {data.rows, data.cols, static_cast<int>(data.targets.size())};
}

std::vector<float> real_inputs(const Dataset& data, std::span<const std::uint32_t> events) {
  const float unit = std::ldexp(1.0f, -data.input_format.frac);
  std::vector<float> inputs;
  inputs.reserve(events.size() * data.input_size());
  for (const std::uint32_t e : events)
    for (const std::int16_t v : data.input(e)) inputs.push_back(static_cast<float>(v) * unit);
  return inputs;
}

}  // namespace lutra
