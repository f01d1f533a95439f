#pragma once
#include <filesystem>
#include <memory>

#include "rtl/design.h"
#include "simulate/simulate.h"
#include "study/context.h"
#include "study/predict.h"
#include "study/study.h"
#include "train/guide.h"

/// The stages as functions from files to files, used by the subcommands and by `lutra run` alike. Each writes its
/// output atomically and returns a short summary.
namespace lutra {

Json make_events(const Study& study, EventRange range, const std::filesystem::path& out, const Context& context);

Json make_fragments(const FragmentConfig& config, const std::filesystem::path& events, const std::filesystem::path& out,
                    const Context& context);

/// Writes fragmentation.json (docs/report.md): how much of the muons other windows and strides keep, and how many hits
/// are in the chosen ones.
Json make_fragmentation(const FragmentationConfig& config, const FragmentConfig& fragment,
                        const std::filesystem::path& events, const std::filesystem::path& out, const Context& context);

/// Leaves teacher.json and history.json in `out`.
Json make_teacher(const TeacherConfig& config, const std::filesystem::path& data, const std::filesystem::path& out,
                  const Context& context);

/// Trains a teacher of whole images; its splits and the scale of pT are those of fragments made with `fragment`. Leaves
/// teacher.json and history.json in `out`.
Json make_image_teacher(const TeacherConfig& config, const FragmentConfig& fragment,
                        const std::filesystem::path& events, const std::filesystem::path& out, const Context& context);

/// Leaves network.json and history.json in `out`. Without a teacher it is trained on the truth alone.
Json make_student(const StudentConfig& config, const std::filesystem::path& data, const TeacherFiles& teacher,
                  const std::filesystem::path& out, const Context& context);

/// Leaves the front of networks with learned precision in a folder, front-<k>.json, the chosen one as network.json,
/// and what they do and cost on the test events in pareto.json (docs/report.md). Synthesises the chosen one.
struct FrontOutputs {
  std::filesystem::path folder;
  std::filesystem::path pareto;
};
Json make_front(const Study& study, const std::filesystem::path& data, const TeacherFiles& teacher,
                const FrontOutputs& out, const Context& context);

/// The teacher of any kind that a student's training needs, if any. Error when there should be one and no file is
/// given.
std::unique_ptr<Guide> guide_for(const StudentConfig& config, const TeacherFiles& teacher, const Dataset& data,
                                 const Context& context);

Json make_rtl(const CompileOptions& options, const std::filesystem::path& network, const std::filesystem::path& out,
              const Context& context);

/// The whole trigger around the network: raw hits to decision (chain/chain.h), as the study fragments and decides.
/// Network and search take an event every `interval` clocks. When none is given, they do as the study says, but the
/// search does not take more than one image per bunch crossing.
Json make_chain(const Study& study, std::optional<int> interval, const std::filesystem::path& network,
                const std::filesystem::path& out, const Context& context);

/// Writes verify.json. `mismatches` in the summary is 0 when the firmware equals the evaluator.
struct VerificationInputs {
  std::filesystem::path network;
  std::filesystem::path rtl;
  std::filesystem::path data;
  /// Also "proof": that network.ir computes the network for every input (verify/prove_program.h up to arithmetic.ir,
  /// prove_same() from there).
  bool prove = false;
  bool software = false;  // also "software": the C++ model and the interpreter on every event; not for a whole trigger
  Edits edits = Edits::refused;  // taken: "edited" lists them
};
Json make_verification(const VerifyConfig& config, const VerificationInputs& inputs, const std::filesystem::path& out,
                       const Context& context);

/// Whether the further checks in a verify.json could be made: a proof whose tool failed counts as none.
bool checks_were_made(const std::filesystem::path& verify_json);

/// What to do besides counting resources.
struct SynthesisChecks {
  bool prove = false;                    // the mapped netlist equals the RTL: "proof" in the result
  bool ice40 = false;                    // place and route on an iCE40: "ice40"
  std::filesystem::path vendor_reports;  // read reports of Vivado or Quartus from this folder: "vendor"
  Edits edits = Edits::refused;          // of the RTL; taken: "edited" lists them
};

/// Writes synth.json.
Json make_synthesis(const std::filesystem::path& rtl, const SynthesisChecks& checks, const std::filesystem::path& out,
                    const Context& context);

struct EvaluationInputs {
  std::filesystem::path network;
  std::filesystem::path data;
  TeacherFiles teacher;  // without a teacher: the student alone
};

/// Writes metrics.json from the test events of the data set.
Json make_metrics(const MetricsConfig& config, const EvaluationInputs& inputs, const std::filesystem::path& out,
                  const Context& context);

/// Writes references.json: the triggers that need no training, on the same test events, tuned for the same threshold.
Json make_references(const MetricsConfig& config, const std::filesystem::path& events,
                     const std::filesystem::path& data, const std::filesystem::path& out, const Context& context);

/// Writes displays.json: some test events with hits, window, truth and predictions, for the report.
Json make_displays(int count, const std::filesystem::path& events, const EvaluationInputs& inputs,
                   const std::filesystem::path& out, const Context& context);

}  // namespace lutra
