#pragma once
#include <optional>
#include <span>
#include <vector>

#include "student/student_formats.h"
#include "student/student_pass.h"

namespace lutra {

/// Turns parameters into what a student computes with, and slopes back. The student's own parameters come first in the
/// flat vector, those of the quantizer (if any) right behind.
class StudentQuantizer {
 public:
  virtual ~StudentQuantizer() = default;

  virtual EffectiveStudent effective(std::span<const float> parameters) const = 0;

  /// Adds d loss / d parameters, given the slopes that a pass collected for effective(parameters). Straight through
  /// unless the quantizer has parameters of its own.
  virtual void add_gradient(std::span<const float> parameters, const StudentPass& pass,
                            std::span<float> gradient) const;

  /// Pulls parameters back into their allowed region.
  virtual void project(std::span<float> parameters) const = 0;

  /// What the network would cost in hardware; with a gradient span, scale x its slopes are added. 0: not modelled.
  virtual double cost(std::span<const float> parameters, double scale, std::span<float> gradient) const;
};

/// No quantization: plain weights, activations clipped to [0, 1].
class FloatQuantizer : public StudentQuantizer {
 public:
  FloatQuantizer(const StudentLayout& layout, double slope_outside) : layout_(layout), slope_outside_(slope_outside) {}
  EffectiveStudent effective(std::span<const float> parameters) const override;
  void project(std::span<float>) const override {}

 private:
  const StudentLayout& layout_;
  double slope_outside_;
};

/// The same number of bits everywhere.
class UniformQuantizer : public StudentQuantizer {
 public:
  UniformQuantizer(const StudentLayout& layout, StudentFormats formats, double slope_outside)
      : layout_(layout), formats_(std::move(formats)), slope_outside_(slope_outside) {}
  EffectiveStudent effective(std::span<const float> parameters) const override;
  void project(std::span<float> parameters) const override;

 private:
  const StudentLayout& layout_;
  StudentFormats formats_;
  double slope_outside_;
};

}  // namespace lutra
