#pragma once
#include "student/guidance.h"
#include "student/student_quantizer.h"
#include "train/objective.h"

namespace lutra {

/// Weight of the hardware cost in the loss: it grows from `first` to `last` as a straight line in its logarithm.
struct CostPressure {
  double first = 0;
  double last = 0;
};

/// What a student minimises: values, decisions and classes against truth and teacher in their shares, the hints, and
/// the hardware cost under pressure.
class StudentObjective : public Objective {
 public:
  /// All references must outlive the objective. Without pressure the cost is no term.
  StudentObjective(const StudentConfig& config, const StudentLayout& layout, const Samples& samples,
                   const Guidance& guidance, const StudentQuantizer& quantizer, CostPressure pressure = {});

  std::vector<std::string> terms() const override;
  std::vector<double> weights(double share) const override;
  std::span<const std::uint32_t> training_events() const override { return samples_.train; }
  std::span<const std::uint32_t> validation_events() const override { return samples_.validation; }
  std::vector<double> add_gradient(std::span<const float> parameters, std::span<const std::uint32_t> events,
                                   std::span<const double> weights, double scale,
                                   std::span<float> gradient) const override;
  double validation_sum(std::span<const float> parameters, std::span<const std::uint32_t> events) const override;
  void project(std::span<float> parameters) const override;
  std::string find_death(std::span<const float> parameters) const override;

 private:
  /// Sum over events of how far outputs are from `aim`; its slopes x scale are added.
  using Distance = double (*)(const Samples&, std::span<const float> aim, std::span<const std::uint32_t> events,
                              const Tile* out, double scale, Tile* slopes);

  /// One term: outputs against values, or the decisions or classes that follow from them.
  struct Aim {
    const char* name;
    std::span<const float> values;  // [events][targets]
    Distance distance;
    double weight;
  };

  const StudentLayout& layout_;
  const Samples& samples_;
  const Guidance& guidance_;
  const StudentQuantizer& quantizer_;
  CostPressure pressure_;
  std::string cost_unit_;
  std::vector<Aim> aims_;
};

/// Why a student can learn no more: the first layer whose output is the same on all of the events; empty when it is
/// well.
std::string find_dead_layer(const StudentLayout& layout, const EffectiveStudent& student, const Dataset& data,
                            std::span<const std::uint32_t> events);

}  // namespace lutra
