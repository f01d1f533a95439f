#pragma once
#include <filesystem>
#include <string>

#include "base/config.h"
#include "compile/compile.h"
#include "fragment/config.h"
#include "physics/metrics.h"
#include "simulate/config.h"
#include "student/student_config.h"
#include "study/grid.h"
#include "study/road_grid.h"
#include "teacher/image_teacher.h"
#include "teacher/teacher.h"

namespace lutra {

/// How much `lutra verify` tries.
struct VerifyConfig {
  std::int64_t events = 0;             // real fragments; 0: all of the data set
  std::int64_t random_events = 20000;  // random ones besides
  bool prove = false;                  // for every input, too (minutes for networks of thousands of LUTs)
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

/// What `lutra fit` tries, besides the bits and sparsity that every run of learned precision goes through by itself.
struct FitConfig {
  std::vector<std::int64_t> roads = {6, 8, 10, 16, 24, 32, 48};
  std::vector<std::int64_t> widths = {6, 9, 12};  // channels of the layer before the last
  int seeds = 1;                                  // learned.train.seed and the ones after it
};

void describe(Fields& f, FitConfig& config);

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
  TeacherConfig image_teacher = image_teacher_config();
  StudentConfig student;
  bool whole_images = false;  // run the network of image_teacher
  bool compression = false;   // run the next one
  StudentConfig learned = learned_student();
  FitConfig fit;
  std::vector<GridConfig> grid;
  RoadConfig roads;
  RoadGridConfig road_grid;
  CompileOptions compile;
  bool chain = false;  // the whole trigger too, around the learned network if there is one
  VerifyConfig verify;
  MetricsConfig metrics;
  int displayed_events = 6;
};

void describe(Fields& f, Study& study);

/// Error naming file, line and key.
Study read_study(const std::filesystem::path& path);

/// The study at a tenth of its size, what `lutra run --quick` runs: a tenth of all events (simulated, to train and
/// validate on, to verify with, to compare windows on), four times the epochs of every training that has its events
/// capped, so that it still takes steps enough to learn something, the first seed of every grid, and no synthesis of
/// its students. Everything else is as in the full study.
Study quick_study(Study study);

/// A section of a study as JSON: what an artifact echoes.
template <class Config>
Json echo(Config config) {
  return config_to_json([&](Fields& f) { describe(f, config); });
}

/// The members of `config` that are not as in `usual`, objects member by member.
Json difference(const Json& config, const Json& usual);

/// A section of a study as far as it is not the default: what the key of a stage is made of. A setting that is new, and
/// left alone, changes no key. A default that is changed must raise the versions of its stages (Stage::version).
template <class Config>
Json settings(const Config& config) {
  return difference(echo(config), echo(Config{}));
}

}  // namespace lutra
