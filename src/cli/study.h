#pragma once
#include <filesystem>
#include <string>

#include "base/config.h"
#include "cli/grid.h"
#include "compile/compile.h"
#include "fragment/config.h"
#include "physics/metrics.h"
#include "simulate/config.h"
#include "train/student_config.h"
#include "train/teacher.h"

namespace lutra {

/// How much `lutra verify` tries.
struct VerifyConfig {
  std::int64_t events = 0;             // real fragments; 0: all of the data set
  std::int64_t random_events = 20000;  // random ones besides
  std::int64_t seed = 1;
};

void describe(Fields& f, VerifyConfig& config);

/// Window searches to compare: every width with every stride.
struct FragmentationConfig {
  std::vector<std::int64_t> windows;  // none: nothing is compared
  std::vector<std::int64_t> strides = {1, 2, 4, 8, 16};
  std::int64_t events = 200000;  // 0: all
};

void describe(Fields& f, FragmentationConfig& config);

/// A whole study: one TOML file, one section per stage. Everything has a default; what a file says is checked.
struct Study {
  std::string name = "study";
  std::int64_t seed = 1;  // of the simulated events
  std::int64_t events = 100000;
  SimulationConfig simulation;
  FragmentConfig fragment;
  FragmentationConfig fragmentation;
  TeacherConfig teacher;
  StudentConfig quantized_teacher = quantized_teacher_config();
  StudentConfig student;
  bool compression = false;  // run the next one
  StudentConfig learned = learned_student();
  std::vector<GridConfig> grid;
  CompileOptions compile;
  VerifyConfig verify;
  MetricsConfig metrics;
  int displayed_events = 6;
};

void describe(Fields& f, Study& study);

/// Error naming file, line and key.
Study read_study(const std::filesystem::path& path);

/// The study at a tenth of its size, what `lutra run --quick` runs: a tenth of all events (simulated, to train and
/// validate on, to verify with, to compare windows on), the first seed of every grid, no synthesis of its students.
/// Everything else, epochs included, is as in the full study.
Study quick_study(Study study);

/// A section of a study as JSON: what an artifact echoes.
template <class Config>
Json echo(Config config) {
  return config_to_json([&](Fields& f) { describe(f, config); });
}

}  // namespace lutra
