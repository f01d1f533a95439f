#include "train/distill.h"

#include "base/error.h"
#include "base/hash.h"
#include "train/float_json.h"
#include "train/guidance.h"
#include "train/student_formats.h"
#include "train/student_init.h"
#include "train/student_objective.h"
#include "train/trainer.h"

namespace lutra {
namespace {

constexpr double better_than_constant = 0.98;

/// One student in the making: everything that its attempts share.
class Distiller {
 public:
  Distiller(const StudentConfig& config, const Dataset& data, const Teacher* teacher,
            const std::filesystem::path& out_dir, int threads, const Progress& progress)
      : config_(config),
        layout_(lay_out(config, data)),
        samples_(make_samples(data, config.train)),
        guidance_{{}, {}, layout_.parameters},
        out_dir_(out_dir),
        threads_(threads),
        progress_(progress),
        json_(config_to_json([copy = config](Fields& f) mutable { describe(f, copy); })) {
    fingerprint_ = fingerprint(data) + json_.dump();
    if (!config.distill.enabled) return;
    if (!teacher) throw Error("distillation needs a teacher", "", "Give one, or set student.distill.enabled = false");
    guidance_ = make_guidance(config, layout_, samples_, *teacher, threads, progress);
    fingerprint_ += hex(hash_bytes(floats_to_json(teacher->parameters).dump()));
  }

  DistilledStudent make() {
    std::string death;
    for (int attempt = 0; attempt <= config_.restarts; ++attempt) {
      DistilledStudent student;
      death = try_once(attempt, student);
      if (death.empty()) return student;
    }
    throw Error("the student died " + std::to_string(config_.restarts + 1) + " times", "the last time " + death,
                "Use more bits or channels, a lower learning_rate, or more restarts");
  }

 private:
  /// Why it died; empty when the student lives.
  std::string try_once(int attempt, DistilledStudent& student) {
    std::vector<float> parameters = initial_student(layout_, guidance_, samples_, config_.train.seed, attempt);
    if (config_.float_epochs > 0) {
      TrainConfig warm = config_.train;
      warm.epochs = config_.float_epochs;
      const StudentObjective objective(config_, layout_, samples_, guidance_, std::nullopt);
      TrainResult result = run(objective, warm, "float", attempt, std::move(parameters));
      history_.insert(history_.end(), result.history.epochs.begin(), result.history.epochs.end());
      if (!result.death.empty()) return result.death;
      parameters = std::move(result.last);
    }
    const StudentFormats formats = choose_formats(layout_, config_, std::span(parameters).first(layout_.parameters));
    const StudentObjective objective(config_, layout_, samples_, guidance_, formats);
    objective.project(parameters);
    TrainResult result = run(objective, config_.train, "quantized", attempt, std::move(parameters));
    history_.insert(history_.end(), result.history.epochs.begin(), result.history.epochs.end());
    if (!result.death.empty()) return result.death;
    const double constant = constant_loss(samples_);
    if (!(result.validation_loss < better_than_constant * constant))
      return "its loss " + std::to_string(result.validation_loss) + " is that of a constant, " +
             std::to_string(constant);
    student.network = export_network(layout_, formats, std::span(result.parameters).first(layout_.parameters));
    student.history = {result.history.terms, history_};
    student.validation_loss = result.validation_loss;
    student.restarts = attempt;
    write_network(out_dir_ / "network.json", student.network, json_);
    write_history(out_dir_ / "history.json", student.history, json_);
    return "";
  }

  TrainResult run(const Objective& objective, const TrainConfig& config, const std::string& stage, int attempt,
                  std::vector<float> parameters) {
    TrainRun run;
    run.stage = stage;
    run.attempt = attempt;
    run.initial = std::move(parameters);
    run.checkpoint = out_dir_ / ("checkpoint-" + std::to_string(attempt) + "-" + stage + ".json");
    run.fingerprint = fingerprint_;
    run.threads = threads_;
    run.progress = progress_;
    return train(objective, config, run);
  }

  const StudentConfig& config_;
  StudentLayout layout_;
  Samples samples_;
  Guidance guidance_;
  std::filesystem::path out_dir_;
  int threads_;
  const Progress& progress_;
  Json json_;
  std::string fingerprint_;
  std::vector<EpochRecord> history_;  // of all attempts
};

}  // namespace

DistilledStudent distill_student(const StudentConfig& config, const Dataset& data, const Teacher* teacher,
                                 const std::filesystem::path& out_dir, int threads, const Progress& progress) {
  return Distiller(config, data, teacher, out_dir, threads, progress).make();
}

}  // namespace lutra
