#include "study/run_stages.h"

#include <algorithm>
#include <memory>

#include "base/artifact.h"
#include "report/report.h"
#include "study/grid_stages.h"
#include "study/network_entry.h"
#include "study/road_stages.h"
#include "study/stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Collects the stages of a run; what they share outlives this object, as the stages do.
class Plan {
 public:
  Plan(const RunRequest& request, const Context& context)
      : study_(std::make_shared<const Study>(request.study)), dir_(request.dir), context_(context) {
    add_study(request);
    add_data();
    add_training();
    add_firmware();
    add_measurements();
    add_image_teacher();
    add_learned();
    add_grid();
    add_roads();
    add_networks();
    add_chain();
    add_synthesis();
    add_report();
  }

  std::vector<Stage> take() { return std::move(stages_); }

 private:
  void add(Stage stage) { stages_.push_back(std::move(stage)); }

  void add_study(const RunRequest& request) {
    const std::string text = (request.quick ? "# Run with --quick: a tenth of this study.\n" : "") + request.text;
    add({"study", {}, {"study.toml"}, {{"text", text}}, [text, out = dir_ / "study.toml"] {
           write_text_atomically(out, text);
         }});
  }

  void add_data() {
    add({"simulate",
         {},
         {"events.h5"},
         {{"simulation", settings(study_->simulation)}, {"seed", study_->seed}, {"events", study_->events}},
         [s = study_, dir = dir_, context = context_] {
           make_events(*s, {0, static_cast<std::uint64_t>(s->events)}, dir / "events.h5", context);
         }});
    add({"fragment",
         {"simulate"},
         {"fragments.h5"},
         settings(study_->fragment),
         [s = study_, dir = dir_, context = context_] {
           make_fragments(s->fragment, dir / "events.h5", dir / "fragments.h5", context);
         }});
    if (study_->fragmentation.windows.empty()) return;
    add({"fragmentation",
         {"simulate"},
         {"fragmentation.json"},
         {{"fragmentation", settings(study_->fragmentation)}, {"fragment", settings(study_->fragment)}},
         [s = study_, dir = dir_, context = context_] {
           make_fragmentation(s->fragmentation, s->fragment, dir / "events.h5", dir / "fragmentation.json", context);
         }});
    shown_.push_back("fragmentation");
  }

  void add_training() {
    add({"train",
         {"fragment"},
         {"teacher/teacher.json", "teacher/history.json"},
         settings(study_->teacher),
         [s = study_, dir = dir_, context = context_] {
           make_teacher(s->teacher, dir / "fragments.h5", dir / "teacher", context);
         }});
    add({"distill",
         {"fragment", "train"},
         {"student/network.json", "student/history.json"},
         settings(study_->student),
         [s = study_, dir = dir_, context = context_] {
           make_student(s->student, dir / "fragments.h5", dir / "teacher/teacher.json", dir / "student", context);
         }});
  }

  /// Guides students of the grid; leaves the rows of both teachers too.
  void add_quantized_teacher() {
    add({"train-quantized",
         {"fragment"},
         {"quantized-teacher/network.json", "quantized-teacher/history.json"},
         settings(study_->quantized_teacher),
         [s = study_, dir = dir_, context = context_] {
           make_student(s->quantized_teacher, dir / "fragments.h5", {}, dir / "quantized-teacher", context);
         }});
    add({"measure-teachers",
         {"fragment", "train", "train-quantized", "distill"},
         {"quantized-teacher/entry.json", "teacher/entry.json"},
         {{"metrics", settings(study_->metrics)}, {"compile", settings(study_->compile)}},
         [s = study_, dir = dir_, context = context_] {
           const EntryInputs inputs{dir / "fragments.h5", dir / "student/network.json"};
           make_quantized_teacher_entry(*s, inputs, dir / "quantized-teacher", context);
           make_teacher_entry(*s, inputs, dir / "teacher/teacher.json", dir / "quantized-teacher/network.json",
                              dir / "teacher/entry.json", context);
         }});
    measured_.insert(measured_.end(), {"teacher", "quantized-teacher"});
    measured_by_.push_back("measure-teachers");
  }

  /// The teacher that sees the whole detector, and its row.
  void add_image_teacher() {
    if (!study_->whole_images) return;
    add({"train-image",
         {"simulate"},
         {"image-teacher/teacher.json", "image-teacher/history.json"},
         {{"teacher", settings(study_->image_teacher)}, {"fragment", settings(study_->fragment)}},
         [s = study_, dir = dir_, context = context_] {
           make_image_teacher(s->image_teacher, s->fragment, dir / "events.h5", dir / "image-teacher", context);
         }});
    add({"measure-image-teacher",
         {"simulate", "fragment", "train-image", "distill"},
         {"image-teacher/entry.json"},
         {{"metrics", settings(study_->metrics)}, {"compile", settings(study_->compile)}},
         [s = study_, dir = dir_, context = context_] {
           make_image_teacher_entry(*s, {dir / "fragments.h5", dir / "student/network.json"}, dir / "events.h5",
                                    dir / "image-teacher", context);
         }});
    measured_.push_back("image-teacher");
    measured_by_.push_back("measure-image-teacher");
  }

  /// Networks of our own with learned precision, and the row of the chosen one.
  void add_learned() {
    if (!study_->compression) return;
    add({"learn",
         {"fragment", "train"},
         {"learned/network.json", "learned/front.json", "pareto.json"},
         {{"learned", settings(study_->learned)},
          {"metrics", settings(study_->metrics)},
          {"compile", settings(study_->compile)}},
         [s = study_, dir = dir_, context = context_] {
           make_front(*s, dir / "fragments.h5", dir / "teacher/teacher.json", {dir / "learned", dir / "pareto.json"},
                      context);
         }});
    add({"measure-learned",
         {"fragment", "learn"},
         {"learned/entry.json"},
         {{"metrics", settings(study_->metrics)}, {"compile", settings(study_->compile)}},
         [s = study_, dir = dir_, context = context_] {
           make_learned_entry(*s, {dir / "fragments.h5", ""}, dir / "learned", context);
         }});
    measured_.push_back("learned");
    measured_by_.push_back("measure-learned");
    shown_.push_back("learn");
  }

  void add_firmware() {
    add({"compile", {"distill"}, {"rtl"}, settings(study_->compile), [s = study_, dir = dir_, context = context_] {
           make_rtl(s->compile, dir / "student/network.json", dir / "rtl", context);
         }});
    add({"verify",
         {"distill", "compile", "fragment"},
         {"verify.json"},
         settings(study_->verify),
         [s = study_, dir = dir_, context = context_] {
           make_verification(s->verify,
                             {dir / "student/network.json", dir / "rtl", dir / "fragments.h5", s->verify.prove},
                             dir / "verify.json", context);
         }});
  }

  /// The whole trigger, around the network that is to go into the detector.
  void add_chain() {
    if (!study_->chain) return;
    const auto [maker, network] =
        study_->compression ? std::pair("learn", "learned/network.json") : std::pair("distill", "student/network.json");
    add({"compile-chain",
         {maker},
         {"chain"},
         {{"compile", settings(study_->compile)},
          {"fragment", settings(study_->fragment)},
          {"simulation", settings(study_->simulation)},
          {"metrics", settings(study_->metrics)}},
         [s = study_, path = dir_ / network, out = dir_ / "chain", context = context_] {
           make_chain(*s, {}, path, out, context);
         }});
    add({"verify-chain",
         {maker, "compile-chain", "simulate"},
         {"chain-verify.json"},
         settings(study_->verify),
         [s = study_, path = dir_ / network, dir = dir_, context = context_] {
           make_verification(s->verify, {path, dir / "chain", dir / "events.h5", s->verify.prove},
                             dir / "chain-verify.json", context);
         }});
    add({"synth-chain", {"compile-chain"}, {"chain-synth.json"}, Json::object(), [dir = dir_, context = context_] {
           make_synthesis(dir / "chain", {}, dir / "chain-synth.json", context);
         }});
    shown_.insert(shown_.end(), {"compile-chain", "verify-chain", "synth-chain"});
  }

  /// Takes minutes and nothing else reads it: last.
  void add_synthesis() {
    add({"synth", {"compile"}, {"synth.json"}, Json::object(), [dir = dir_, context = context_] {
           make_synthesis(dir / "rtl", {}, dir / "synth.json", context);
         }});
  }

  void add_measurements() {
    const EvaluationInputs inputs{dir_ / "student/network.json", dir_ / "fragments.h5", dir_ / "teacher/teacher.json"};
    add({"evaluate",
         {"fragment", "train", "distill"},
         {"metrics.json"},
         settings(study_->metrics),
         [=, s = study_, dir = dir_, context = context_] {
           make_metrics(s->metrics, inputs, dir / "metrics.json", context);
         }});
    add({"references",
         {"simulate", "fragment"},
         {"references.json"},
         settings(study_->metrics),
         [s = study_, dir = dir_, context = context_] {
           make_references(s->metrics, dir / "events.h5", dir / "fragments.h5", dir / "references.json", context);
         }});
    add({"display",
         {"simulate", "fragment", "train", "distill"},
         {"displays.json"},
         {{"events", study_->displayed_events}},
         [=, s = study_, dir = dir_, context = context_] {
           make_displays(s->displayed_events, dir / "events.h5", inputs, dir / "displays.json", context);
         }});
  }

  void add_grid() {
    const GridInputs inputs{dir_ / "fragments.h5", dir_ / "teacher/teacher.json",
                            dir_ / "quantized-teacher/network.json"};
    const auto uses = [](const GridConfig& grid) { return grid.quantized_teacher; };
    if (std::ranges::any_of(study_->grid, uses)) add_quantized_teacher();
    add_measured(grid_stages(*study_, inputs, dir_, context_));
  }

  void add_roads() {
    add_measured(road_stages(*study_, dir_ / "fragments.h5", dir_ / "teacher/teacher.json", dir_, context_));
  }

  /// Stages that leave <name>/entry.json.
  void add_measured(std::vector<Stage> stages) {
    for (Stage& stage : stages) {
      measured_.push_back(stage.name);
      measured_by_.push_back(stage.name);
      add(std::move(stage));
    }
  }

  /// Collects the rows of everything that was measured by a stage of its own.
  void add_networks() {
    if (measured_.empty()) return;
    add({"networks", measured_by_, {"networks.json"}, Json::object(), [s = study_, dir = dir_, folders = measured_] {
           make_networks(*s, folders, dir);
         }});
    shown_.push_back("networks");
  }

  void add_report() {
    std::vector<std::string> after = {"study", "train",    "distill",    "compile", "verify",
                                      "synth", "evaluate", "references", "display"};
    after.insert(after.end(), shown_.begin(), shown_.end());
    add({"report", after, {"report.html"}, Json::object(), [dir = dir_] { write_report({dir}, dir / "report.html"); }});
  }

  std::shared_ptr<const Study> study_;
  fs::path dir_;
  Context context_;
  std::vector<Stage> stages_;
  std::vector<std::string> measured_, measured_by_;  // folders with an entry.json, and the stages that leave them
  std::vector<std::string> shown_;                   // stages that a study may leave out and the report reads
};

}  // namespace

std::vector<Stage> run_stages(const RunRequest& request, const Context& context) {
  return Plan(request, context).take();
}

}  // namespace lutra
