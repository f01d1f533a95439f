#include "study/run_stages.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "base/artifacts.h"
#include "report/report.h"
#include "study/grid_stages.h"
#include "study/network_entry.h"
#include "study/road_stages.h"
#include "study/stage_order.h"
#include "study/stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

// What several stages read.
constexpr const char* events = "events.h5";
constexpr const char* data = "fragments.h5";
constexpr const char* teacher = "teacher/teacher.json";
constexpr const char* quantized_teacher = "quantized-teacher/network.json";
constexpr const char* image_teacher = "image-teacher/teacher.json";
constexpr const char* student = "student/network.json";
constexpr const char* learned = "learned/network.json";

/// Collects the stages of a run; what they share outlives this object, as the stages do.
class Plan {
 public:
  Plan(const RunRequest& request, const Context& context)
      : study_(std::make_shared<const Study>(request.study)), context_(context) {
    add_study(request);
    add_data();
    add_training();
    add_firmware();
    add_measurements();
    add_image_teacher();
    add_learned();
    add_grid();
    add_all(road_stages(*study_, data, teacher, context_));
    add_networks();
    add_chain();
    add_synthesis("synth", "rtl", "synth.json");  // takes minutes and only the report reads it: last
    add_report();
  }

  std::vector<Stage> take() { return std::move(stages_); }

 private:
  void add(Stage stage) { stages_.push_back(std::move(stage)); }

  void add_all(std::vector<Stage> stages) { std::ranges::move(stages, std::back_inserter(stages_)); }

  /// A training: it goes on from its checkpoints.
  void add_resumable(Stage stage) {
    stage.resumes = true;
    add(std::move(stage));
  }

  void add_study(const RunRequest& request) {
    const std::string text = (request.quick ? "# Run with --quick: a tenth of this study.\n" : "") + request.text;
    add({"study", {}, {"study.toml"}, {{"text", text}}, [text](const StageInputs&, const fs::path& out) {
           write_text_atomically(out / "study.toml", text);
         }});
  }

  void add_data() {
    add({"simulate",
         {},
         {events},
         {{"simulation", settings(study_->simulation)}, {"seed", study_->seed}, {"events", study_->events}},
         [s = study_, context = context_](const StageInputs&, const fs::path& out) {
           make_events(*s, {0, static_cast<std::uint64_t>(s->events)}, out / events, context);
         }});
    add({"fragment",
         {events},
         {data},
         settings(study_->fragment),
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_fragments(s->fragment, in(events), out / data, context);
         }});
    if (study_->fragmentation.windows.empty()) return;
    add({"fragmentation",
         {events},
         {"fragmentation.json"},
         {{"fragmentation", settings(study_->fragmentation)}, {"fragment", settings(study_->fragment)}},
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_fragmentation(s->fragmentation, s->fragment, in(events), out / "fragmentation.json", context);
         }});
  }

  void add_training() {
    add_resumable({"train",
                   {data},
                   {teacher, "teacher/history.json"},
                   settings(study_->teacher),
                   [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
                     make_teacher(s->teacher, in(data), out / "teacher", context);
                   }});
    add_resumable({"distill",
                   {data, teacher},
                   {student, "student/history.json"},
                   settings(study_->student),
                   [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
                     make_student(s->student, in(data), in(teacher), out / "student", context);
                   }});
  }

  /// Guides students of the grid; leaves the rows of both teachers too.
  void add_quantized_teacher() {
    add_resumable({"train-quantized",
                   {data},
                   {quantized_teacher, "quantized-teacher/history.json"},
                   settings(study_->quantized_teacher),
                   [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
                     make_student(s->quantized_teacher, in(data), {}, out / "quantized-teacher", context);
                   }});
    add({"measure-teachers",
         {data, teacher, quantized_teacher, student},
         {"teacher/entry.json", "quantized-teacher/entry.json"},
         {{"metrics", settings(study_->metrics)}, {"compile", settings(study_->compile)}},
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           const EntryInputs inputs{in(data), in(student)};
           make_quantized_teacher_entry(*s, inputs, in(quantized_teacher), out / "quantized-teacher", context);
           make_teacher_entry(*s, inputs, in(teacher), in(quantized_teacher), out / "teacher/entry.json", context);
         }});
  }

  /// The teacher that sees the whole detector, and its row.
  void add_image_teacher() {
    if (!study_->whole_images) return;
    add_resumable({"train-image",
                   {events},
                   {image_teacher, "image-teacher/history.json"},
                   {{"teacher", settings(study_->image_teacher)}, {"fragment", settings(study_->fragment)}},
                   [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
                     make_image_teacher(s->image_teacher, s->fragment, in(events), out / "image-teacher", context);
                   }});
    add({"measure-image-teacher",
         {events, data, image_teacher, student},
         {"image-teacher/entry.json"},
         {{"metrics", settings(study_->metrics)}, {"compile", settings(study_->compile)}},
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_image_teacher_entry(*s, {in(data), in(student)}, {in(image_teacher), in(events)}, out / "image-teacher",
                                    context);
         }});
  }

  /// Networks of our own with learned precision, and the row of the chosen one.
  void add_learned() {
    if (!study_->compression) return;
    add_resumable({"learn",
                   {data, teacher},
                   {learned, "learned/front.json", "pareto.json"},
                   {{"learned", settings(study_->learned)},
                    {"metrics", settings(study_->metrics)},
                    {"compile", settings(study_->compile)}},
                   [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
                     make_front(*s, in(data), in(teacher), {out / "learned", out / "pareto.json"}, context);
                   }});
    add({"measure-learned",
         {data, learned},
         {"learned/entry.json", "learned/rtl", "learned/synth.json"},
         {{"metrics", settings(study_->metrics)}, {"compile", settings(study_->compile)}},
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_learned_entry(*s, in(data), in(learned), out / "learned", context);
         }});
  }

  void add_firmware() {
    add({"compile",
         {student},
         {"rtl"},
         settings(study_->compile),
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_rtl(s->compile, in(student), out / "rtl", context);
         }});
    add_verification("verify", {student, "rtl", data}, "verify.json");
  }

  /// Of the network, the folder and the data that it reads, in this order.
  void add_verification(const char* name, const std::vector<fs::path>& reads, const char* result) {
    add({name,
         reads,
         {result},
         settings(study_->verify),
         [=, s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_verification(s->verify, {in(reads[0]), in(reads[1]), in(reads[2]), s->verify.prove}, out / result,
                             context);
         },
         1,
         false,
         [result](const fs::path& out) { return checks_were_made(out / result); }});
  }

  /// The whole trigger, around the network that is to go into the detector.
  void add_chain() {
    if (!study_->chain) return;
    const char* network = study_->compression ? learned : student;
    add({"compile-chain",
         {network},
         {"chain"},
         {{"compile", settings(study_->compile)},
          {"fragment", settings(study_->fragment)},
          {"simulation", settings(study_->simulation)},
          {"metrics", settings(study_->metrics)}},
         [=, s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_chain(*s, {}, in(network), out / "chain", context);
         }});
    add_verification("verify-chain", {network, "chain", events}, "chain-verify.json");
    add_synthesis("synth-chain", "chain", "chain-synth.json");
  }

  void add_synthesis(const char* name, const char* rtl, const char* result) {
    add({name, {rtl}, {result}, Json::object(), [=, context = context_](const StageInputs& in, const fs::path& out) {
           make_synthesis(in(rtl), {}, out / result, context);
         }});
  }

  void add_measurements() {
    add({"evaluate",
         {data, teacher, student},
         {"metrics.json"},
         settings(study_->metrics),
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_metrics(s->metrics, {in(student), in(data), in(teacher)}, out / "metrics.json", context);
         }});
    add({"references",
         {events, data},
         {"references.json"},
         settings(study_->metrics),
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_references(s->metrics, in(events), in(data), out / "references.json", context);
         }});
    add({"display",
         {events, data, teacher, student},
         {"displays.json"},
         {{"events", study_->displayed_events}},
         [s = study_, context = context_](const StageInputs& in, const fs::path& out) {
           make_displays(s->displayed_events, in(events), {in(student), in(data), in(teacher)}, out / "displays.json",
                         context);
         }});
  }

  void add_grid() {
    const auto uses = [](const GridConfig& grid) { return grid.quantized_teacher; };
    if (std::ranges::any_of(study_->grid, uses)) add_quantized_teacher();
    add_all(grid_stages(*study_, {data, teacher, quantized_teacher}, context_));
  }

  /// Collects the rows of everything that was measured by a stage of its own.
  void add_networks() {
    const std::vector<fs::path> entries = entries_of(stages_);
    if (entries.empty()) return;
    add({"networks",
         entries,
         {"networks.json"},
         Json::object(),
         [s = study_, entries](const StageInputs& in, const fs::path& out) {
           std::vector<fs::path> files;
           for (const fs::path& entry : entries) files.push_back(in(entry));
           make_networks(*s, files, out / "networks.json");
         }});
  }

  /// Reads what the stages leave of all that a report can show.
  void add_report() {
    std::vector<fs::path> shown = {"study.toml"};
    const auto is_made = [&](const fs::path& file) {
      return std::ranges::any_of(stages_, [&](const Stage& stage) {
        return std::ranges::any_of(stage.writes, [&](const fs::path& written) { return lies_in(file, written); });
      });
    };
    for (const ArtifactFile& file : artifact_files())
      if (file.keep == Keep::drawn && is_made(file.path)) shown.push_back(file.path);
    add({"report", shown, {"report.html"}, Json::object(), [](const StageInputs& in, const fs::path& out) {
           write_report({in.folder()}, out / "report.html");
         }});
  }

  std::shared_ptr<const Study> study_;
  Context context_;
  std::vector<Stage> stages_;
};

}  // namespace

std::vector<Stage> run_stages(const RunRequest& request, const Context& context) {
  return Plan(request, context).take();
}

}  // namespace lutra
