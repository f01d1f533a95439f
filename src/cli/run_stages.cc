#include "cli/run_stages.h"

#include <algorithm>
#include <memory>

#include "base/artifact.h"
#include "cli/grid_stages.h"
#include "cli/stages.h"
#include "report/report.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Collects the stages of a run; what they share outlives this object, as the stages do.
class Plan {
 public:
  Plan(const RunRequest& request, const Session& session)
      : study_(std::make_shared<const Study>(request.study)), dir_(request.dir), session_(session) {
    add_study(request);
    add_data();
    add_training();
    add_firmware();
    add_measurements();
    add_grid();
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
         {{"simulation", echo(study_->simulation)}, {"seed", study_->seed}, {"events", study_->events}},
         [s = study_, dir = dir_, session = session_] {
           make_events(*s, {0, static_cast<std::uint64_t>(s->events)}, dir / "events.h5", session);
         }});
    add({"fragment",
         {"simulate"},
         {"fragments.h5"},
         echo(study_->fragment),
         [s = study_, dir = dir_, session = session_] {
           make_fragments(s->fragment, dir / "events.h5", dir / "fragments.h5", session);
         }});
    if (study_->fragmentation.windows.empty()) return;
    add({"fragmentation",
         {"simulate"},
         {"fragmentation.json"},
         {{"fragmentation", echo(study_->fragmentation)}, {"fragment", echo(study_->fragment)}},
         [s = study_, dir = dir_, session = session_] {
           make_fragmentation(s->fragmentation, s->fragment, dir / "events.h5", dir / "fragmentation.json", session);
         }});
    shown_.push_back("fragmentation");
  }

  void add_training() {
    add({"train",
         {"fragment"},
         {"teacher/teacher.json", "teacher/history.json"},
         echo(study_->teacher),
         [s = study_, dir = dir_, session = session_] {
           make_teacher(s->teacher, dir / "fragments.h5", dir / "teacher", session);
         }});
    add({"distill",
         {"fragment", "train"},
         {"student/network.json", "student/history.json"},
         echo(study_->student),
         [s = study_, dir = dir_, session = session_] {
           make_student(s->student, dir / "fragments.h5", dir / "teacher/teacher.json", dir / "student", session);
         }});
  }

  /// Guides students of the grid only.
  void add_quantized_teacher() {
    add({"train-quantized",
         {"fragment"},
         {"quantized-teacher/network.json", "quantized-teacher/history.json"},
         echo(study_->quantized_teacher),
         [s = study_, dir = dir_, session = session_] {
           make_student(s->quantized_teacher, dir / "fragments.h5", {}, dir / "quantized-teacher", session);
         }});
  }

  void add_firmware() {
    add({"compile", {"distill"}, {"rtl"}, echo(study_->compile), [s = study_, dir = dir_, session = session_] {
           make_rtl(s->compile, dir / "student/network.json", dir / "rtl", session);
         }});
    add({"verify",
         {"distill", "compile", "fragment"},
         {"verify.json"},
         echo(study_->verify),
         [s = study_, dir = dir_, session = session_] {
           make_verification(s->verify, {dir / "student/network.json", dir / "rtl", dir / "fragments.h5"},
                             dir / "verify.json", session);
         }});
    add({"synth", {"compile"}, {"synth.json"}, Json::object(), [dir = dir_, session = session_] {
           make_synthesis(dir / "rtl", {}, dir / "synth.json", session);
         }});
  }

  void add_measurements() {
    const EvaluationInputs inputs{dir_ / "student/network.json", dir_ / "fragments.h5", dir_ / "teacher/teacher.json"};
    add({"evaluate",
         {"fragment", "train", "distill"},
         {"metrics.json"},
         echo(study_->metrics),
         [=, s = study_, dir = dir_, session = session_] {
           make_metrics(s->metrics, inputs, dir / "metrics.json", session);
         }});
    add({"references",
         {"simulate", "fragment"},
         {"references.json"},
         echo(study_->metrics),
         [s = study_, dir = dir_, session = session_] {
           make_references(s->metrics, dir / "events.h5", dir / "fragments.h5", dir / "references.json", session);
         }});
    add({"display",
         {"simulate", "fragment", "train", "distill"},
         {"displays.json"},
         {{"events", study_->displayed_events}},
         [=, s = study_, dir = dir_, session = session_] {
           make_displays(s->displayed_events, dir / "events.h5", inputs, dir / "displays.json", session);
         }});
  }

  void add_grid() {
    const GridInputs inputs{dir_ / "fragments.h5", dir_ / "teacher/teacher.json",
                            dir_ / "quantized-teacher/network.json"};
    const auto uses = [](const GridConfig& grid) { return grid.quantized_teacher; };
    if (std::ranges::any_of(study_->grid, uses)) add_quantized_teacher();
    std::vector<Stage> students = grid_stages(*study_, inputs, dir_, session_);
    if (students.empty()) return;
    const std::vector<std::string> names = names_of(students);
    for (Stage& student : students) add(std::move(student));
    add({"networks", names, {"networks.json"}, Json::object(), [s = study_, dir = dir_, names] {
           make_networks(*s, names, dir);
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
  Session session_;
  std::vector<Stage> stages_;
  std::vector<std::string> shown_;  // stages that a study may leave out and the report reads
};

}  // namespace

std::vector<Stage> run_stages(const RunRequest& request, const Session& session) {
  return Plan(request, session).take();
}

}  // namespace lutra
