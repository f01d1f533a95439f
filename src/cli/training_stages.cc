#include "base/error.h"
#include "cli/stages.h"
#include "event/dataset_file.h"
#include "train/distill.h"

namespace lutra {

Json make_teacher(const TeacherConfig& config, const std::filesystem::path& data, const std::filesystem::path& out,
                  const Session& session) {
  const Dataset dataset = read_dataset(data).data;
  const TrainedTeacher trained = train_teacher(config, dataset, out, session.threads, session.progress());
  return {{"parameters", trained.teacher.parameters.size()},
          {"validation_loss", trained.validation_loss},
          {"file", (out / "teacher.json").string()}};
}

Json make_student(const StudentConfig& config, const std::filesystem::path& data, const std::filesystem::path& teacher,
                  const std::filesystem::path& out, const Session& session) {
  if (teacher.empty() && config.distill.enabled)
    throw Error("distillation needs a teacher", "",
                "Give --teacher FILE, or set student.distill.enabled = false in the study");
  const Dataset dataset = read_dataset(data).data;
  std::optional<Teacher> guide;
  if (!teacher.empty()) guide = read_teacher(teacher).teacher;
  const DistilledStudent student =
      distill_student(config, dataset, guide ? &*guide : nullptr, out, session.threads, session.progress());
  return {{"layers", student.network.layers.size()},
          {"validation_loss", student.validation_loss},
          {"restarts", student.restarts},
          {"file", (out / "network.json").string()}};
}

}  // namespace lutra
