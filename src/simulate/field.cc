#include "simulate/field.h"

#include <cmath>

namespace lutra {
namespace {

/// Mean and gradient by 16 midpoints: done once per configuration, so that few steps suffice per track.
FieldStep step_between(const FieldConfig& field, double from_m, double to_m) {
  constexpr int parts = 16;
  FieldStep step{to_m - from_m, {}, {}};
  for (int i = 0; i < parts; ++i) {
    const double place = (i + 0.5) / parts;
    const FieldParts here = field_t(field, from_m + place * step.length_m);
    step.mean_t.mean += here.mean / parts;
    step.mean_t.octant += here.octant / parts;
    // Least-squares slope x length is 12 <(place - 1/2) B>; divided by 12 again for the skew.
    const double weight = (place - 0.5) / parts * step.length_m * step.length_m;
    step.skew_t_m3.mean += weight * here.mean;
    step.skew_t_m3.octant += weight * here.octant;
  }
  return step;
}

}  // namespace

FieldParts field_t(const FieldConfig& field, double r_m) {
  if (r_m < field.inner_radius_m || r_m > field.outer_radius_m) return {};
  const double mean = field.strength_t * std::pow(field.reference_radius_m / r_m, field.radial_power);
  const double middle = (field.inner_radius_m + field.outer_radius_m) / 2;
  const double from_middle = (r_m - middle) / (field.outer_radius_m - middle);
  return {mean, mean * field.octant_modulation * from_middle * from_middle};
}

std::vector<FieldStep> field_steps(const FieldConfig& field, double from_m, double to_m) {
  const double edge = field.inner_radius_m;
  if (to_m <= edge) return {step_between(field, from_m, to_m)};
  std::vector<FieldStep> steps;
  if (from_m < edge) steps.push_back(step_between(field, from_m, edge));
  const double begin = std::max(from_m, edge);
  const int count = static_cast<int>(std::ceil((to_m - begin) / field.step_m - 1e-9));
  for (int i = 0; i < count; ++i)
    steps.push_back(step_between(field, begin + (to_m - begin) * i / count, begin + (to_m - begin) * (i + 1) / count));
  return steps;
}

}  // namespace lutra
