#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "ranks/ranks.h"
#include "study/road_stages.h"
#include "study/stages.h"
#include "teacher/device.h"

namespace lutra {
namespace {

struct TrainFlags {
  std::filesystem::path study, data, out;
  TeacherFiles teacher;
  bool quantized = false;
  bool full_image = false;
  std::string device = "auto";
};

int train_quantized_action(const TrainFlags& flags, const Session& session) {
  const Json result =
      make_student(read_study(flags.study).quantized_teacher, flags.data, {}, flags.out, session.context());
  session.report(
      fmt::format("quantized teacher with {} layers, validation loss {:.5f}, in {}", result["layers"].get<int>(),
                  result["validation_loss"].get<double>(), result["file"].get<std::string>()),
      result);
  return 0;
}

/// The session of one of the processes that train together, if they are several; only the first of them talks.
Session joined(Session session, const std::string& device) {
  session.device = choose_device(device);
  session.workers = workers_from_environment();
  if (session.context().compute.rank() == 0) return session;
  session.quiet = true;
  session.json = false;
  return session;
}

int train_action(const TrainFlags& flags, const Session& session) {
  if (flags.quantized) return train_quantized_action(flags, session);
  const Study study = read_study(flags.study);
  const Json result = flags.full_image ? make_image_teacher(study.image_teacher, study.fragment, flags.data, flags.out,
                                                            session.context())
                                       : make_teacher(study.teacher, flags.data, flags.out, session.context());
  session.report(
      fmt::format("teacher with {} parameters, validation loss {:.5f}, in {}", result["parameters"].get<int>(),
                  result["validation_loss"].get<double>(), result["file"].get<std::string>()),
      result);
  return 0;
}

int distill_action(const TrainFlags& flags, const Session& session) {
  const Json result =
      make_student(read_study(flags.study).student, flags.data, flags.teacher, flags.out, session.context());
  session.report(fmt::format("student with {} layers, validation loss {:.5f}, in {}", result["layers"].get<int>(),
                             result["validation_loss"].get<double>(), result["file"].get<std::string>()),
                 result);
  return 0;
}

int learn_action(const TrainFlags& flags, const Session& session) {
  const Json result = make_front(read_study(flags.study), flags.data, flags.teacher,
                                 {flags.out, flags.out / "pareto.json"}, session.context());
  const Json& chosen = result["chosen"];
  session.report(
      fmt::format("{} networks; chosen: plateau {:.4f}, fakes {:.2f} %, leakage {:.2f} %, {} LUT, {} ns; in {}",
                  result["networks"].get<int>(), chosen["plateau"].get<double>(),
                  100 * chosen["fake_rate"].get<double>(), 100 * chosen["leakage_below_7gev"].get<double>(),
                  chosen["lut"].get<int>(), chosen["latency_ns"].get<double>(), result["file"].get<std::string>()),
      result);
  return 0;
}

int roads_action(const TrainFlags& flags, const Session& session) {
  const Json result = make_roads(read_study(flags.study), flags.data, flags.teacher, flags.out, session.context());
  session.report(fmt::format("roads: plateau {:.4f}, fakes {:.2f} %, leakage {:.2f} %, {:.0f} LUT (estimate); in {}",
                             result["plateau"].get<double>(), 100 * result["fake_rate"].get<double>(),
                             100 * result["leakage_below_7gev"].get<double>(), result["lut_estimate"].get<double>(),
                             result["file"].get<std::string>()),
                 result);
  return 0;
}

std::shared_ptr<TrainFlags> add_flags(CLI::App& app) {
  auto flags = std::make_shared<TrainFlags>();
  app.add_option("study", flags->study, "Study file (TOML)")->required();
  app.add_option("--data", flags->data, "Data set (HDF5)")->required();
  app.add_option("--out", flags->out, "Folder to write to; a run that was cut off goes on from its checkpoint")
      ->required();
  return flags;
}

}  // namespace

Command train_command() {
  return {"train", "Train the teacher: study and data set -> teacher.json, or network.json when quantized",
          "lutra train studies/demo.toml --data fragments.h5 --out teacher", [](CLI::App& app) -> Action {
            const auto flags = add_flags(app);
            app.add_flag("--quantized", flags->quantized,
                         "Train the [quantized_teacher] of the study: -> network.json");
            app.add_flag("--full-image", flags->full_image,
                         "Train the [image_teacher] of the study on whole images: --data is an events file");
            app.add_option("--device", flags->device, "Where the teacher is trained: auto, cpu or cuda")
                ->capture_default_str();
            return [flags](const Session& session) { return train_action(*flags, joined(session, flags->device)); };
          }};
}

Command learn_command() {
  return {"learn", "Learn precision with the weights: a front of small networks and what they cost",
          "lutra learn studies/demo.toml --data fragments.h5 --teacher teacher/teacher.json --out learned",
          [](CLI::App& app) -> Action {
            const auto flags = add_flags(app);
            app.add_option("--teacher", flags->teacher, "Teacher file (teacher.json)");
            return [flags](const Session& session) { return learn_action(*flags, session); };
          }};
}

Command roads_command() {
  return {"roads", "Learn roads, truth tables on counts of fired planes: a network of a few hundred LUTs",
          "lutra roads studies/demo.toml --data fragments.h5 --out roads", [](CLI::App& app) -> Action {
            const auto flags = add_flags(app);
            app.add_option("--teacher", flags->teacher, "Teacher file, when roads.truth_share is below 1");
            return [flags](const Session& session) { return roads_action(*flags, session); };
          }};
}

Command distill_command() {
  return {"distill", "Train the quantized student under the teacher: -> network.json",
          "lutra distill studies/demo.toml --data fragments.h5 --teacher teacher/teacher.json --out student",
          [](CLI::App& app) -> Action {
            const auto flags = add_flags(app);
            app.add_option("--teacher", flags->teacher.teacher,
                           "Teacher of any kind: teacher.json, or network.json of a quantized one");
            app.add_option("--events", flags->teacher.events,
                           "Events that the data set was made from, for a teacher of whole images");
            return [flags](const Session& session) { return distill_action(*flags, joined(session, "cpu")); };
          }};
}

}  // namespace lutra
