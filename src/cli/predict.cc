#include "cli/predict.h"

#include <algorithm>

#include "base/error.h"
#include "base/parallel.h"
#include "model/evaluate.h"
#include "train/teacher.h"

namespace lutra {
namespace {

constexpr std::size_t chunk = 4096;

void check_fits(const Network& network, const Dataset& data) {
  const bool same_input = network.input == Shape{1, data.rows, data.cols} && network.input_format == data.input_format;
  if (!same_input)
    throw Error("this network cannot read this data set",
                "it expects " + std::to_string(network.input.rows) + "x" + std::to_string(network.input.cols) +
                    " inputs of format " + to_string(network.input_format) + ", the data has " +
                    std::to_string(data.rows) + "x" + std::to_string(data.cols) + " of " + to_string(data.input_format),
                "Fragment the events as for the network's training");
  const bool known = !network.targets.empty() && std::ranges::all_of(network.targets, [&](const Target& target) {
    return std::ranges::count(data.targets, target) == 1;
  });
  if (!known)
    throw Error("this network predicts other quantities than the data set holds", "their targets differ",
                "Use data made with the same study");
}

std::vector<double> evaluate_physical(const Network& network, const Dataset& data, const Session& session) {
  const Evaluator evaluator(network);
  const auto formats = evaluator.output_formats();
  const std::size_t width = data.input_size();
  const std::size_t chunks = (data.size() + chunk - 1) / chunk;
  std::vector<double> physical(data.size() * formats.size());
  const Progress progress = session.progress();
  constexpr std::size_t round = 64;  // chunks between two looks at the progress bar
  for (std::size_t first = 0; first < chunks; first += round) {
    progress("evaluating the network", first, chunks);
    parallel_for(std::min(round, chunks - first), session.threads, [&](std::size_t i) {
      const std::size_t begin = (first + i) * chunk;
      const std::size_t count = std::min(chunk, data.size() - begin);
      const auto outputs = evaluator.evaluate(std::span(data.inputs).subspan(begin * width, count * width));
      for (std::size_t k = 0; k < outputs.size(); ++k) {
        const std::size_t target = k % formats.size();
        physical[begin * formats.size() + k] = network.targets[target].to_physical(
            to_real(outputs[k], formats[target].frac), data.window_start[begin + k / formats.size()]);
      }
    });
  }
  progress("evaluating the network", chunks, chunks);
  return physical;
}

}  // namespace

Predictions network_predictions(const Network& network, const Dataset& data, const Session& session) {
  check_fits(network, data);
  return predictions_from(data, network.targets, evaluate_physical(network, data, session));
}

Predictions teacher_predictions(const std::filesystem::path& teacher, const Dataset& data, const Session& session) {
  return predictions_from(data, data.targets,
                          predict_teacher(read_teacher(teacher).teacher, data, session.threads, session.progress()));
}

}  // namespace lutra
