#include "student/student_run.h"

#include "base/error.h"
#include "base/hash.h"
#include "student/distill.h"
#include "student/student_init.h"

namespace lutra {
namespace {

constexpr double better_than_constant = 0.98;

}  // namespace

std::filesystem::path checkpoint_path(const StudentRun& run, const std::string& stage, int attempt) {
  return run.out_dir / ("checkpoint-" + std::to_string(attempt) + "-" + stage + ".json");
}

TrainResult run_stage(const StudentRun& run, const StudentQuantizer& quantizer, StudentStage stage) {
  const StudentObjective objective(run.config, run.layout, run.samples, run.guidance, quantizer, stage.pressure);
  TrainRun train_run;
  train_run.stage = stage.name;
  train_run.attempt = stage.attempt;
  train_run.initial = std::move(stage.initial);
  train_run.rate_scale = std::move(stage.rate_scale);
  train_run.checkpoint = checkpoint_path(run, stage.name, stage.attempt);
  train_run.fingerprint = run.fingerprint;
  train_run.compute = run.compute;
  train_run.progress = run.progress;
  train_run.on_epoch = std::move(stage.on_epoch);
  objective.project(train_run.initial);
  return train(objective, stage.train, train_run);
}

TrainResult warm_up(const StudentRun& run, int attempt) {
  StudentStage stage{"float", attempt, run.config.train,
                     initial_student(run.layout, run.guidance, run.samples, run.config.train.seed, attempt)};
  if (run.config.float_epochs == 0) return {stage.initial, stage.initial, 0, "", {}};
  stage.train.epochs = run.config.float_epochs;
  return run_stage(run, FloatQuantizer(run.layout, run.config.slope_outside), std::move(stage));
}

int until_alive(int restarts, const std::function<std::string(int attempt)>& attempt) {
  std::string death;
  for (int a = 0; a <= restarts; ++a) {
    death = attempt(a);
    if (death.empty()) return a;
  }
  throw StudentDied("the student died " + std::to_string(restarts + 1) + " times", "the last time " + death,
                    "Use more bits or channels, a lower learning_rate, or more restarts");
}

std::string find_failure(const StudentRun& run, const TrainResult& result) {
  const double constant = constant_loss(run.samples);
  if (result.validation_loss < better_than_constant * constant) return "";
  return "its loss " + std::to_string(result.validation_loss) + " is that of a constant, " + std::to_string(constant);
}

Json student_json(const StudentConfig& config) {
  return config_to_json([copy = config](Fields& f) mutable { describe(f, copy); });
}

Guidance guidance_for(const StudentConfig& config, const StudentLayout& layout, const Samples& samples,
                      std::size_t parameters, const Guide* guide, int threads, const Progress& progress) {
  if (!config.distill.enabled) return {{}, {}, parameters};
  if (!guide) throw Error("distillation needs a teacher", "", "Give one, or set student.distill.enabled = false");
  return make_guidance(config, layout, samples, parameters, *guide, threads, progress);
}

std::string student_fingerprint(const StudentConfig& config, const Dataset& data, const Guide* guide) {
  std::string text = fingerprint(data) + json_text(student_json(config));
  if (config.distill.enabled && guide) text += guide->fingerprint();
  return hex(hash_bytes(text));
}

}  // namespace lutra
