#include "train/distill.h"

#include "base/error.h"
#include "train/student_run.h"

namespace lutra {
namespace {

void append(std::vector<EpochRecord>& to, const History& history) {
  to.insert(to.end(), history.epochs.begin(), history.epochs.end());
}

/// Why it died; empty when `student` is one that lives.
std::string distill_once(const StudentRun& run, int attempt, DistilledStudent& student) {
  TrainResult warm = warm_up(run, attempt);
  append(student.history.epochs, warm.history);
  if (!warm.death.empty()) return warm.death;
  const auto own = [&](std::vector<float>& all) { return std::span(all).first(run.layout.parameters); };
  const bool is_float = run.config.precision == "float";
  StudentFormats formats = choose_formats(run.layout, run.config, own(warm.last));
  const FloatQuantizer plain(run.layout, run.config.slope_outside);
  const UniformQuantizer fixed(run.layout, formats, run.config.slope_outside);
  const StudentQuantizer& quantizer = is_float ? static_cast<const StudentQuantizer&>(plain) : fixed;
  TrainResult result = run_stage(
      run, quantizer, {is_float ? "float-main" : "quantized", attempt, run.config.train, std::move(warm.last)});
  append(student.history.epochs, result.history);
  student.history.terms = result.history.terms;
  if (!result.death.empty()) return result.death;
  if (is_float) {  // its weights were free until now
    formats = choose_formats(run.layout, run.config, own(result.parameters));
    project(run.layout, formats, own(result.parameters));
  }
  student.network = export_network(run.layout, formats, own(result.parameters));
  student.validation_loss = result.validation_loss;
  return find_failure(run, result);
}

}  // namespace

DistilledStudent distill_student(const StudentConfig& config, const Dataset& data, const Teacher* teacher,
                                 const std::filesystem::path& out_dir, int threads, const Progress& progress) {
  const StudentLayout layout = lay_out(config, data);
  if (layout.layers.front().op == Op::table)
    throw Error("table layers need learned precision", "this student has the same bits everywhere",
                "Use lutra learn, or other layers");
  const Samples samples = make_samples(data, config.train, config.task);
  const Guidance guidance = guidance_for(config, layout, samples, layout.parameters, teacher, threads, progress);
  const StudentRun run{config,  layout,  samples, guidance, student_fingerprint(config, data, teacher),
                       out_dir, threads, progress};
  DistilledStudent student;
  student.restarts = until_alive(config.restarts, [&](int attempt) { return distill_once(run, attempt, student); });
  write_network(out_dir / "network.json", student.network, student_json(config));
  write_history(out_dir / "history.json", student.history, student_json(config));
  return student;
}

}  // namespace lutra
