#include "teacher/image_teacher.h"

#include "base/error.h"
#include "base/parallel.h"
#include "teacher/image_pools.h"
#include "teacher/image_samples.h"
#include "teacher/teacher_graph.h"
#include "teacher/teacher_inputs.h"
#include "teacher/teacher_objective.h"
#include "train/chunks.h"

namespace lutra {
namespace {

constexpr Format hit_format{1, 0, false};

}  // namespace

TeacherConfig image_teacher_config() {
  TeacherConfig config;
  config.train.epochs = 5;
  config.train.batch_events = 256;
  config.train.position_weight = 36;  // as a quarter over a window of 32 of 384 columns
  return config;
}

TrainedTeacher train_image_teacher(const TeacherConfig& config, const ImageTask& task,
                                   const std::filesystem::path& out_dir, const Compute& compute,
                                   const Progress& progress) {
  const ImageSamples made = make_image_samples(task, config.train, progress);
  ImagePools pools(task.events);
  const ImageShape& image = pools.shape();
  Teacher teacher{image.layers, image.strips, hit_format, image_targets(image, task.pt_hi_gev), {}, TeacherPlan::image};
  if (!fits_plan(teacher.shape()))
    throw Error("the images of " + task.events.string() + " are too small for this teacher",
                std::to_string(image.layers) + " x " + std::to_string(image.strips), "Train on fragments of them");
  const TeacherObjective objective(
      made.samples, teacher.shape(), [&](std::span<const std::uint32_t> events) { return pools.images(events); },
      compute.device, ImagePools::pool_events);
  return fit_teacher(objective, std::move(teacher),
                     {config, made.samples, made.fingerprint, out_dir, compute, progress});
}

std::vector<double> predict_images(const Teacher& teacher, const std::filesystem::path& events,
                                   const std::function<bool(std::size_t)>& wanted, int threads,
                                   const Progress& progress) {
  ImagePools pools(events);
  const ImageShape& image = pools.shape();
  if (teacher.plan != TeacherPlan::image)
    throw Error("the teacher reads fragments", "whole images were given", "Give the data set of its fragments");
  if (teacher.rows != image.layers || teacher.cols != image.strips)
    throw Error("the teacher reads images of " + std::to_string(teacher.rows) + " x " + std::to_string(teacher.cols),
                events.string() + " has " + std::to_string(image.layers) + " x " + std::to_string(image.strips),
                "Train it on events of this detector");
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t e = 0; e < pools.size(); ++e)
    if (wanted(e)) chosen.push_back(e);
  const std::size_t targets = teacher.targets.size();
  std::vector<double> physical(chosen.size() * targets);
  for_each_chunk(chosen, threads, "teacher predictions", progress, [&](std::span<const std::uint32_t> some) {
    const auto scaled = run_teacher(teacher.shape(), Device::cpu, teacher.parameters, pools.images(some));
    const std::size_t at = static_cast<std::size_t>(some.data() - chosen.data()) * targets;
    for (std::size_t i = 0; i < scaled.size(); ++i)
      physical[at + i] = teacher.targets[i % targets].to_physical(scaled[i], 0);
  });
  return physical;
}

}  // namespace lutra
