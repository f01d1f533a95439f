#pragma once
#include <vector>

#include "simulate/config.h"

namespace lutra {

/// A value split into its mean over phi and the amplitude of its cos(8 phi) part.
struct FieldParts {
  double mean = 0;
  double octant = 0;
  /// `cos_8phi` is the same along a track: it bends in r-z.
  double at(double cos_8phi) const { return mean + octant * cos_8phi; }
};

/// Field [T] at radius r; 0 outside the toroid.
FieldParts field_t(const FieldConfig& field, double r_m);

/// One integration step in r.
struct FieldStep {
  double length_m = 0;
  FieldParts mean_t;     // mean field
  FieldParts skew_t_m3;  // gradient x length^3 / 12, see Transport
};

/// Steps of at most field.step_m from one radius to another. The edge of the field is always the end of a step.
std::vector<FieldStep> field_steps(const FieldConfig& field, double from_m, double to_m);

}  // namespace lutra
