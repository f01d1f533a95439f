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

std::unique_ptr<Guide> guide_for(const StudentConfig& config, const std::filesystem::path& file) {
  if (file.empty() && config.distill.enabled)
    throw Error("distillation needs a teacher", "",
                "Give --teacher FILE, or set distill.enabled = false for this student in the study");
  if (file.empty() || !config.distill.enabled) return {};
  return read_guide(file);
}

Json make_student(const StudentConfig& config, const std::filesystem::path& data, const std::filesystem::path& teacher,
                  const std::filesystem::path& out, const Session& session) {
  const std::unique_ptr<Guide> guide = guide_for(config, teacher);
  const Dataset dataset = read_dataset(data).data;
  const DistilledStudent student =
      distill_student(config, dataset, guide.get(), out, session.threads, session.progress());
  return {{"layers", student.network.layers.size()},
          {"validation_loss", student.validation_loss},
          {"restarts", student.restarts},
          {"file", (out / "network.json").string()}};
}

}  // namespace lutra
