#pragma once
#include <filesystem>
#include <string>

#include "base/config.h"
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

/// A whole study: one TOML file, one section per stage. Everything has a default; what a file says is checked.
struct Study {
  std::string name = "study";
  std::int64_t seed = 1;  // of the simulated events
  std::int64_t events = 100000;
  SimulationConfig simulation;
  FragmentConfig fragment;
  TeacherConfig teacher;
  StudentConfig quantized_teacher = quantized_teacher_config();
  StudentConfig student;
  StudentConfig learned = learned_student();
  CompileOptions compile;
  VerifyConfig verify;
  MetricsConfig metrics;
  int displayed_events = 6;
};

void describe(Fields& f, Study& study);

/// Error naming file, line and key.
Study read_study(const std::filesystem::path& path);

/// A section of a study as JSON: what an artifact echoes.
template <class Config>
Json echo(Config config) {
  return config_to_json([&](Fields& f) { describe(f, config); });
}

}  // namespace lutra
