#include "cli/predict.h"

#include <algorithm>

#include "base/parallel.h"
#include "model/evaluate.h"
#include "train/guide.h"
#include "train/network_guide.h"

namespace lutra {
namespace {

constexpr std::size_t chunk = 4096;

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
  return predictions_from(data, data.targets, predict(*read_guide(teacher), data, session.threads, session.progress()));
}

}  // namespace lutra
