#include "student/student_quantizer.h"

namespace lutra {

void StudentQuantizer::add_gradient(std::span<const float>, const StudentPass& pass, std::span<float> gradient) const {
  pass.add_gradient(gradient);
}

double StudentQuantizer::cost(std::span<const float>, double, std::span<float>) const { return 0; }

EffectiveStudent FloatQuantizer::effective(std::span<const float> parameters) const {
  return float_student(layout_, parameters.first(layout_.parameters), slope_outside_);
}

EffectiveStudent UniformQuantizer::effective(std::span<const float> parameters) const {
  return quantized_student(layout_, formats_, parameters.first(layout_.parameters), slope_outside_);
}

void UniformQuantizer::project(std::span<float> parameters) const {
  lutra::project(layout_, formats_, parameters.first(layout_.parameters));
}

}  // namespace lutra
