#pragma once
#include <filesystem>

#include "student/guidance.h"
#include "student/student_objective.h"
#include "train/trainer.h"

namespace lutra {

/// All that the stages of one student's training share: structure, samples, guidance, and where state is kept.
struct StudentRun {
  const StudentConfig& config;
  const StudentLayout& layout;
  const Samples& samples;
  const Guidance& guidance;
  std::string fingerprint;  // of configuration, data and guide
  std::filesystem::path out_dir;
  Compute compute;
  const Progress& progress;
};

/// Where a stage of training keeps its state: checkpoint-<attempt>-<stage>.json.
std::filesystem::path checkpoint_path(const StudentRun& run, const std::string& stage, int attempt);

/// One stage of training, resumable.
struct StudentStage {
  std::string name;
  int attempt = 0;
  TrainConfig train;
  std::vector<float> initial;
  std::vector<float> rate_scale = {};
  CostPressure pressure = {};
  std::function<void(const EpochRecord&, const std::vector<float>&)> on_epoch = {};
};

TrainResult run_stage(const StudentRun& run, const StudentQuantizer& quantizer, StudentStage stage);

/// A student from a new initialisation, trained for config.float_epochs without quantizers. `death` tells why it died.
TrainResult warm_up(const StudentRun& run, int attempt);

/// Calls attempt(0), attempt(1), ... until one returns no reason of death. Returns how many died; Error when all did.
int until_alive(int restarts, const std::function<std::string(int attempt)>& attempt);

/// Why a finished student is no good although no layer is dead: it does not beat a constant. Empty when it does.
std::string find_failure(const StudentRun& run, const TrainResult& result);

/// Configuration as JSON.
Json student_json(const StudentConfig& config);

/// What the guide has to say to this student, or nothing when distillation is off. Error when it is on and there is
/// no guide. `parameters` are the student's and the quantizer's; the hints' adapters come behind them.
Guidance guidance_for(const StudentConfig& config, const StudentLayout& layout, const Samples& samples,
                      std::size_t parameters, const Guide* guide, int threads, const Progress& progress);

/// Fingerprint of everything that a student's training depends on.
std::string student_fingerprint(const StudentConfig& config, const Dataset& data, const Guide* guide);

}  // namespace lutra
