#include "student/distill.h"

#include "base/error.h"
#include "student/student_run.h"

namespace lutra {
namespace {

void append(std::vector<EpochRecord>& to, const History& history) {
  to.insert(to.end(), history.epochs.begin(), history.epochs.end());
}

/// Everything that guidance_for() depends on.
std::string guidance_key(const StudentConfig& config, const Dataset& data, std::size_t parameters, const Guide* guide) {
  const Json all = student_json(config);
  Json key = {fingerprint(data), parameters, all.at("layer"), all.at("distill")};
  for (const char* name : {"train_events", "validation_events", "min_containment", "position_weight"})
    key.push_back(all.at("train").at(name));
  if (config.distill.enabled && guide) key.push_back(guide->fingerprint());
  return key.dump();
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

DistilledStudent distill_student(const StudentConfig& config, const Dataset& data, const Guide* guide,
                                 const std::filesystem::path& out_dir, const Compute& compute, const Progress& progress,
                                 GuidanceStore* store) {
  const StudentLayout layout = lay_out(config, data);
  if (layout.layers.front().op == Op::table)
    throw Error("table layers need learned precision", "this student has the same bits everywhere",
                "Use lutra learn, or other layers");
  const Samples samples = make_samples(data, config.train, config.task);
  GuidanceStore own_store;
  std::shared_ptr<const Guidance>& guidance =
      (store ? *store : own_store)[guidance_key(config, data, layout.parameters, guide)];
  if (!guidance)
    guidance = std::make_shared<const Guidance>(
        guidance_for(config, layout, samples, layout.parameters, guide, compute.threads, progress));
  const StudentRun run{config,  layout,  samples, *guidance, student_fingerprint(config, data, guide),
                       out_dir, compute, progress};
  DistilledStudent student;
  student.restarts = until_alive(config.restarts, [&](int attempt) { return distill_once(run, attempt, student); });
  write_network(out_dir / "network.json", student.network, student_json(config));
  write_history(out_dir / "history.json", student.history, student_json(config));
  return student;
}

}  // namespace lutra
