#pragma once
#include <functional>

#include "teacher/teacher.h"
#include "train/objective.h"
#include "train/samples.h"

namespace lutra {

/// Inputs of some events as real numbers, [events][rows][cols]; called from several threads.
using TeacherInputs = std::function<std::vector<float>(std::span<const std::uint32_t>)>;

/// Weighted mean squared error of a teacher on scaled targets.
class TeacherObjective : public Objective {
 public:
  /// `samples` must outlive it. See Objective::neighbourhood.
  TeacherObjective(const Samples& samples, TeacherShape shape, TeacherInputs inputs, Device device,
                   std::uint32_t neighbourhood = 0);

  std::vector<std::string> terms() const override { return {"truth"}; }
  std::vector<double> weights(double) const override { return {1.0}; }
  std::span<const std::uint32_t> training_events() const override { return samples_.train; }
  std::span<const std::uint32_t> validation_events() const override { return samples_.validation; }
  std::uint32_t neighbourhood() const override { return neighbourhood_; }
  void project(std::span<float>) const override {}
  std::string find_death(std::span<const float>) const override { return ""; }
  std::vector<double> add_gradient(std::span<const float> parameters, std::span<const std::uint32_t> events,
                                   std::span<const double> weights, double scale,
                                   std::span<float> gradient) const override;
  double validation_sum(std::span<const float> parameters, std::span<const std::uint32_t> events) const override;

 private:
  const Samples& samples_;
  TeacherShape shape_;
  TeacherInputs inputs_;
  Device device_;
  std::uint32_t neighbourhood_;
};

/// How and where a teacher is fitted.
struct TeacherFit {
  const TeacherConfig& config;
  const Samples& samples;
  std::string fingerprint;  // of the data
  std::filesystem::path out_dir;
  Compute compute;
  const Progress& progress;
};

/// Fits `teacher` (its parameters are set here) and writes it with its history. Error when it learns nothing.
TrainedTeacher fit_teacher(const TeacherObjective& objective, Teacher teacher, const TeacherFit& fit);

}  // namespace lutra
