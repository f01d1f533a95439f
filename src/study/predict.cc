#include "study/predict.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/parallel.h"
#include "event/events_file.h"
#include "model/evaluate.h"
#include "teacher/image_teacher.h"
#include "teacher/read_guide.h"
#include "train/network_guide.h"
#include "train/predictions_guide.h"

namespace lutra {
namespace {

constexpr std::size_t chunk = 4096;

/// The teacher of whole images in a file, if it is one.
std::optional<Teacher> image_teacher(const TeacherFiles& files) {
  if (is_network(files.teacher)) return std::nullopt;
  Teacher teacher = read_teacher(files.teacher).teacher;
  if (teacher.plan != TeacherPlan::image) return std::nullopt;
  return teacher;
}

/// Physical predictions for the events of one split (or all), in order.
std::vector<double> image_predictions(const Teacher& teacher, const TeacherFiles& files, const Dataset& data,
                                      std::optional<Split> split, const Context& context) {
  const std::filesystem::path& events = files.events;
  if (events.empty())
    throw Error(files.teacher.string() + " is a teacher of whole images", "the data set holds fragments of them",
                "Give the file of their events too: --events");
  if (EventReader(events).size() != data.size())
    throw Error("the data set was not made from " + events.string(), "they hold different numbers of events", "");
  if (data.targets.size() != 2 || data.targets[0].name != "pt" || data.targets[1].name != "eta")
    throw Error("a teacher of whole images tells pT and eta", "the data set has other targets", "");
  return predict_images(
      teacher, events, [&](std::size_t e) { return !split || data.split[e] == *split; }, context.threads(),
      context.progress());
}

}  // namespace

std::vector<double> network_outputs(const Network& network, const Dataset& data, const Context& context) {
  check_fits(network, data);
  const Evaluator evaluator(network);
  const auto formats = evaluator.output_formats();
  const std::size_t width = data.input_size();
  const std::size_t chunks = (data.size() + chunk - 1) / chunk;
  std::vector<double> physical(data.size() * formats.size());
  const Progress progress = context.progress();
  constexpr std::size_t round = 64;  // chunks between two looks at the progress bar
  for (std::size_t first = 0; first < chunks; first += round) {
    progress("evaluating the network", first, chunks);
    parallel_for(std::min(round, chunks - first), context.threads(), [&](std::size_t i) {
      const std::size_t begin = (first + i) * chunk;
      const std::size_t count = std::min(chunk, data.size() - begin);
      const auto outputs = evaluator.evaluate(std::span(data.inputs).subspan(begin * width, count * width));
      for (std::size_t k = 0; k < outputs.size(); ++k) {
        const std::size_t output = k % formats.size();
        const Target target = network.targets.empty() ? Target{} : network.targets[output];
        physical[begin * formats.size() + k] = target.to_physical(to_real(outputs[k], formats[output].frac),
                                                                  data.window_start[begin + k / formats.size()]);
      }
    });
  }
  progress("evaluating the network", chunks, chunks);
  return physical;
}

Predictions network_predictions(const Network& network, const Dataset& data, const Context& context) {
  return predictions_from(data, network.targets, network_outputs(network, data, context));
}

TeacherOutputs teacher_outputs(const TeacherFiles& files, const Dataset& data, std::optional<Split> split,
                               const Context& context) {
  if (const auto teacher = image_teacher(files))
    return {image_predictions(*teacher, files, data, split, context), true};
  return {
      predict(*read_guide(files.teacher), split ? select(data, *split) : data, context.threads(), context.progress()),
      false};
}

Predictions teacher_predictions(const TeacherFiles& files, const Dataset& data, std::optional<Split> split,
                                const Context& context) {
  const TeacherOutputs outputs = teacher_outputs(files, data, split, context);
  Predictions predictions = predictions_from(split ? select(data, *split) : data, data.targets, outputs.physical);
  if (outputs.of_whole_images) predictions.containment.clear();
  return predictions;
}

std::unique_ptr<Guide> teacher_guide(const TeacherFiles& files, const Dataset& data, const Context& context) {
  const auto teacher = image_teacher(files);
  if (!teacher) return read_guide(files.teacher);
  const std::vector<double> of_training = image_predictions(*teacher, files, data, Split::train, context);
  const std::size_t targets = data.targets.size();
  std::vector<double> physical(data.size() * targets);
  auto next = of_training.begin();
  for (std::size_t e = 0; e < data.size(); ++e) {
    if (data.split[e] != Split::train) continue;
    std::copy_n(next, targets, &physical[e * targets]);
    next += static_cast<std::ptrdiff_t>(targets);
  }
  return std::make_unique<PredictionsGuide>(std::move(physical));
}

}  // namespace lutra
