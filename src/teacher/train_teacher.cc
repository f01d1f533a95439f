#include "base/error.h"
#include "teacher/teacher_inputs.h"
#include "teacher/teacher_objective.h"

namespace lutra {

TrainedTeacher train_teacher(const TeacherConfig& config, const Dataset& data, const std::filesystem::path& out_dir,
                             const Compute& compute, const Progress& progress) {
  const Samples samples = make_samples(data, config.train);
  if (!fits_plan(teacher_shape(data)))
    throw Error("the images are too small for the teacher", "it pools rows by 2 and columns by 4",
                "Use a larger window");
  const TeacherObjective objective(
      samples, teacher_shape(data),
      [&data](std::span<const std::uint32_t> events) { return real_inputs(data, events); }, compute.device);
  Teacher teacher{data.rows, data.cols, data.input_format, data.targets, {}};
  return fit_teacher(objective, std::move(teacher), {config, samples, fingerprint(data), out_dir, compute, progress});
}

}  // namespace lutra
