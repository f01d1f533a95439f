#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "student/student_config.h"

namespace lutra {

/// Students to train beside the one of the study: every combination of the lists. What is not listed here is as in
/// [student].
struct GridConfig {
  std::vector<std::int64_t> bits = {2, 3, 4, 5, 6, 7, 8, 32};  // 32: floating point
  bool ternary = true;                                         // weights of -1, 0, 1 besides
  bool alone = true;                                           // not distilled
  bool float_teacher = true;
  bool quantized_teacher = true;
  std::vector<std::int64_t> seeds = {1, 2, 3};
  std::vector<std::int64_t> train_events = {0};  // 0: all of the split
  int float_epochs = 3;
  int epochs = 12;
  std::vector<std::int64_t> synthesise;  // bits
};

void describe(Fields& f, GridConfig& config);

/// Who guides a student of the grid.
enum class GuideKind { none, float_teacher, quantized_teacher };

/// One training of a grid.
struct GridPoint {
  std::string precision;  // as StudentConfig::precision
  int bits = 0;           // of weights and activations; 32 when floating point
  GuideKind guide = GuideKind::none;
  std::int64_t seed = 1;
  std::int64_t train_events = 0;  // 0: all
  int float_epochs = 0;
  int epochs = 0;
  bool synthesise = false;  // not only estimate its resources

  /// What differs between points, as the name of a folder: "4bit-float-teacher-seed1".
  std::string folder() const;
  /// For people, the same for every seed: "Student, 4 bit, float teacher, 20000 events".
  std::string name() const;
};

/// Every training of the grids, each once, the first seed of everything first: a grid that was cut off has compared
/// everything once. Error for a number of bits that cannot be trained, and for grids that differ only in epochs.
std::vector<GridPoint> grid_points(const std::vector<GridConfig>& grids);

/// The student of a point.
StudentConfig student_of(const GridPoint& point, StudentConfig student);

}  // namespace lutra
