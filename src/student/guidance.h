#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/progress.h"
#include "student/student_layout.h"
#include "train/guide.h"
#include "train/samples.h"

namespace lutra {

/// What the guide tells the student about one student layer: for every position of the student's map, the mean of the
/// guide's values (before the ReLU) over the guide's positions at the same place.
struct Hint {
  std::string name;  // "hint:conv4:conv5"
  std::size_t student_layer = 0;
  int channels = 0;           // of the guide's map
  int cells = 0;              // different places that the student's positions look at
  std::vector<int> cell_of;   // [student positions]
  std::vector<float> target;  // [events][cells][channels], zero mean and unit variance over the training events
  LinearMap adapter;          // 1x1: student channels -> guide channels, at every student position
  std::size_t weight = 0;     // offsets of the adapter in the parameter vector, behind the student's own
  std::size_t bias = 0;
  double loss_weight = 0;
};

/// All that the guide has to say, worked out once before training.
struct Guidance {
  std::vector<float> output;  // [events][targets], scaled outputs of the guide; empty without one
  std::vector<Hint> hints;
  std::size_t parameters = 0;  // student, quantizer and adapters

  bool has_teacher() const { return !output.empty(); }
};

/// Asks the guide about the training events. The adapters' parameters come behind the first `parameters`. Error when a
/// hint names a layer that is not there.
Guidance make_guidance(const StudentConfig& config, const StudentLayout& layout, const Samples& samples,
                       std::size_t parameters, const Guide& guide, int threads, const Progress& progress);

/// Guidance by everything that it depends on: several students that differ in precision or seed only can share it.
using GuidanceStore = std::map<std::string, std::shared_ptr<const Guidance>>;

/// Positions of the guide's map that one position of the student's map is compared with, along one axis: those whose
/// centre (first + step x position) on the image is within half a step of either map; all of them when one of the maps
/// has a single position.
std::vector<int> matching_positions(double student_centre, int student_positions, double student_step, int positions,
                                    double first, double step);

}  // namespace lutra
