#include "teacher/teacher_objective.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "teacher/teacher_graph.h"
#include "teacher/teacher_inputs.h"
#include "train/chunks.h"
#include "train/trainer.h"

namespace lutra {
namespace {

template <class Work>
void for_each_part(std::span<const std::uint32_t> events, Work work) {
  for (std::size_t begin = 0; begin < events.size(); begin += guide_chunk)
    work(events.subspan(begin, std::min(guide_chunk, events.size() - begin)));
}

/// He initialisation (arXiv 1502.01852), biases 0; the output starts at mid-range.
std::vector<float> initial_teacher(const TeacherShape& shape, std::int64_t seed) {
  std::vector<float> parameters(teacher_parameters(shape));
  const auto layers = teacher_layers(shape);
  for (std::size_t k = 0; k < layers.size(); ++k) {
    Random random(static_cast<std::uint64_t>(seed), RandomStream::initialise, k);
    const bool last = k + 1 == layers.size();
    const double spread = std::sqrt((last ? 0.1 : 2.0) / layers[k].inputs);
    for (std::size_t i = layers[k].weight; i < layers[k].bias; ++i)
      parameters[i] = static_cast<float>(spread * random.normal());
    for (std::size_t i = layers[k].bias; last && i < parameters.size(); ++i) parameters[i] = 0.5f;
  }
  return parameters;
}

}  // namespace

TeacherObjective::TeacherObjective(const Samples& samples, TeacherShape shape, TeacherInputs inputs, Device device,
                                   std::uint32_t neighbourhood)
    : samples_(samples), shape_(shape), inputs_(std::move(inputs)), device_(device), neighbourhood_(neighbourhood) {}

std::vector<double> TeacherObjective::add_gradient(std::span<const float> parameters,
                                                   std::span<const std::uint32_t> events,
                                                   std::span<const double> weights, double scale,
                                                   std::span<float> gradient) const {
  double sum = 0;
  for_each_part(events, [&](std::span<const std::uint32_t> some) {
    std::vector<float> truth, weight;
    for (const std::uint32_t e : some) {
      truth.insert(truth.end(), samples_.truth_of(e).begin(), samples_.truth_of(e).end());
      weight.insert(weight.end(), samples_.weight_of(e).begin(), samples_.weight_of(e).end());
    }
    sum +=
        add_teacher_gradient(shape_, device_, parameters, inputs_(some), truth, weight, scale * weights[0], gradient);
  });
  return {sum};
}

double TeacherObjective::validation_sum(std::span<const float> parameters,
                                        std::span<const std::uint32_t> events) const {
  double sum = 0;
  for_each_part(events, [&](std::span<const std::uint32_t> some) {
    const auto outputs = run_teacher(shape_, device_, parameters, inputs_(some));
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const std::uint32_t e = some[i / samples_.targets];
      const double error = outputs[i] - samples_.truth_of(e)[i % samples_.targets];
      sum += samples_.weight_of(e)[i % samples_.targets] * error * error;
    }
  });
  return sum / static_cast<double>(samples_.targets);
}

TrainedTeacher fit_teacher(const TeacherObjective& objective, Teacher teacher, const TeacherFit& fit) {
  const Json json = config_to_json([copy = fit.config](Fields& f) mutable { describe(f, copy); });
  TrainRun run;
  run.stage = "teacher";
  run.initial = initial_teacher(teacher.shape(), fit.config.train.seed);
  run.checkpoint = fit.out_dir / "checkpoint.json";
  run.fingerprint = fit.fingerprint + json.dump();
  run.compute = fit.compute;
  run.progress = fit.progress;
  TrainResult result = train(objective, fit.config.train, run);

  const double constant = constant_loss(fit.samples);
  if (!(result.validation_loss < 0.98 * constant))
    throw Error("the teacher learned nothing",
                "validation loss " + std::to_string(result.validation_loss) + ", a constant prediction has " +
                    std::to_string(constant),
                "Try another seed or more epochs");
  teacher.parameters = std::move(result.parameters);
  write_teacher(fit.out_dir / "teacher.json", teacher, json);
  write_history(fit.out_dir / "history.json", result.history, json);
  return {std::move(teacher), std::move(result.history), result.validation_loss};
}

}  // namespace lutra
