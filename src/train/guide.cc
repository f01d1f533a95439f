#include "train/guide.h"

#include <numeric>

#include "train/chunks.h"

namespace lutra {

std::vector<double> predict(const Guide& guide, const Dataset& data, int threads, const Progress& progress) {
  guide.check_fits(data);
  const std::size_t targets = data.targets.size();
  std::vector<double> predictions(data.size() * targets);
  std::vector<std::uint32_t> all(data.size());
  std::iota(all.begin(), all.end(), 0u);
  const Guide::Ask ask = guide.prepare(data, {});
  for_each_chunk(all, threads, "teacher predictions", progress, [&](std::span<const std::uint32_t> events) {
    const std::vector<float> scaled = ask(events).output;
    for (std::size_t i = 0; i < scaled.size(); ++i) {
      const std::size_t e = events[i / targets], t = i % targets;
      predictions[e * targets + t] = data.targets[t].to_physical(scaled[i], data.window_start[e]);
    }
  });
  return predictions;
}

}  // namespace lutra
