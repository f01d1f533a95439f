#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "train/samples.h"
#include "train/teacher.h"
#include "train/teacher_inputs.h"
#include "train/trainer.h"

namespace lutra {
namespace {

class TeacherObjective : public Objective {
 public:
  explicit TeacherObjective(const Samples& samples) : samples_(samples), shape_(teacher_shape(*samples.data)) {}

  std::vector<std::string> terms() const override { return {"truth"}; }
  std::vector<double> weights(double) const override { return {1.0}; }
  std::span<const std::uint32_t> training_events() const override { return samples_.train; }
  std::span<const std::uint32_t> validation_events() const override { return samples_.validation; }
  void project(std::span<float>) const override {}
  std::string find_death(std::span<const float>) const override { return ""; }

  std::vector<double> add_gradient(std::span<const float> parameters, std::span<const std::uint32_t> events,
                                   std::span<const double> weights, double scale,
                                   std::span<float> gradient) const override {
    double sum = 0;
    for (std::size_t begin = 0; begin < events.size(); begin += teacher_chunk) {
      const auto some = events.subspan(begin, std::min(teacher_chunk, events.size() - begin));
      std::vector<float> truth, weight;
      for (const std::uint32_t e : some)
        for (std::size_t t = 0; t < samples_.targets; ++t) {
          truth.push_back(samples_.truth_of(e)[t]);
          weight.push_back(samples_.weight_of(e)[t]);
        }
      sum += add_teacher_gradient(shape_, parameters, real_inputs(*samples_.data, some), truth, weight,
                                  scale * weights[0], gradient);
    }
    return {sum};
  }

  double validation_sum(std::span<const float> parameters, std::span<const std::uint32_t> events) const override {
    double sum = 0;
    for (std::size_t begin = 0; begin < events.size(); begin += teacher_chunk) {
      const auto some = events.subspan(begin, std::min(teacher_chunk, events.size() - begin));
      const auto outputs = run_teacher(shape_, parameters, real_inputs(*samples_.data, some));
      for (std::size_t i = 0; i < outputs.size(); ++i) {
        const std::uint32_t e = some[i / samples_.targets];
        const double error = outputs[i] - samples_.truth_of(e)[i % samples_.targets];
        sum += samples_.weight_of(e)[i % samples_.targets] * error * error;
      }
    }
    return sum / static_cast<double>(samples_.targets);
  }

 private:
  const Samples& samples_;
  TeacherShape shape_;
};

/// He initialisation (arXiv 1502.01852), biases 0; the output starts at mid-range.
std::vector<float> initial_teacher(const TeacherShape& shape, std::int64_t seed) {
  std::vector<float> parameters(teacher_parameters(shape.rows, shape.cols, shape.targets));
  const auto layers = teacher_layers(shape.rows, shape.cols, shape.targets);
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

Json config_json(const TeacherConfig& config) {
  return config_to_json([copy = config](Fields& f) mutable { describe(f, copy); });
}

}  // namespace

TrainedTeacher train_teacher(const TeacherConfig& config, const Dataset& data, const std::filesystem::path& out_dir,
                             int threads, const Progress& progress) {
  if (data.rows < 2 || data.cols < 4)
    throw Error("the images are too small for the teacher", "it pools rows by 2 and columns by 4",
                "Use a larger window");
  const Samples samples = make_samples(data, config.train);
  const TeacherObjective objective(samples);
  const Json json = config_json(config);
  TrainRun run;
  run.stage = "teacher";
  run.initial = initial_teacher(teacher_shape(data), config.train.seed);
  run.checkpoint = out_dir / "checkpoint.json";
  run.fingerprint = fingerprint(data) + json.dump();
  run.threads = threads;
  run.progress = progress;
  TrainResult result = train(objective, config.train, run);

  const double constant = constant_loss(samples);
  if (!(result.validation_loss < 0.98 * constant))
    throw Error("the teacher learned nothing",
                "validation loss " + std::to_string(result.validation_loss) + ", a constant prediction has " +
                    std::to_string(constant),
                "Try another seed or more epochs");
  Teacher teacher{data.rows, data.cols, data.input_format, data.targets, std::move(result.parameters)};
  write_teacher(out_dir / "teacher.json", teacher, json);
  write_history(out_dir / "history.json", result.history, json);
  return {std::move(teacher), std::move(result.history), result.validation_loss};
}

}  // namespace lutra
