#include "base/error.h"
#include "event/dataset_file.h"
#include "fragment/fragment.h"
#include "student/distill.h"
#include "study/stages.h"
#include "teacher/image_teacher.h"

namespace lutra {

Json make_teacher(const TeacherConfig& config, const std::filesystem::path& data, const std::filesystem::path& out,
                  const Context& context) {
  const Dataset dataset = read_dataset(data).data;
  const TrainedTeacher trained = train_teacher(config, dataset, out, context.compute, context.progress());
  return {{"parameters", trained.teacher.parameters.size()},
          {"validation_loss", trained.validation_loss},
          {"file", (out / "teacher.json").string()}};
}

Json make_image_teacher(const TeacherConfig& config, const FragmentConfig& fragment,
                        const std::filesystem::path& events, const std::filesystem::path& out, const Context& context) {
  const ImageTask task{events, [fragment](std::uint64_t event) { return split_of(fragment, event); },
                       fragment.pt_hi_gev};
  const TrainedTeacher trained = train_image_teacher(config, task, out, context.compute, context.progress());
  return {{"parameters", trained.teacher.parameters.size()},
          {"validation_loss", trained.validation_loss},
          {"file", (out / "teacher.json").string()}};
}

std::unique_ptr<Guide> guide_for(const StudentConfig& config, const TeacherFiles& teacher, const Dataset& data,
                                 const Context& context) {
  if (teacher.teacher.empty() && config.distill.enabled)
    throw Error("distillation needs a teacher", "",
                "Give --teacher FILE, or set distill.enabled = false for this student in the study");
  if (!config.distill.enabled) return {};
  return teacher_guide(teacher, data, context);
}

Json make_student(const StudentConfig& config, const std::filesystem::path& data, const TeacherFiles& teacher,
                  const std::filesystem::path& out, const Context& context) {
  const Dataset dataset = read_dataset(data).data;
  const std::unique_ptr<Guide> guide = guide_for(config, teacher, dataset, context);
  const DistilledStudent student =
      distill_student(config, dataset, guide.get(), out, context.compute, context.progress());
  return {{"layers", student.network.layers.size()},
          {"validation_loss", student.validation_loss},
          {"restarts", student.restarts},
          {"file", (out / "network.json").string()}};
}

}  // namespace lutra
