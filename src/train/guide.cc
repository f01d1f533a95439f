#include "train/guide.h"

#include <numeric>

#include "train/network_guide.h"
#include "train/teacher_guide.h"
#include "train/teacher_inputs.h"

namespace lutra {

bool is_network(const std::filesystem::path& path) {
  const Json document = read_json(path);
  const bool has_header = document.is_object() && document.contains("lutra") && document["lutra"].is_object();
  return has_header && document["lutra"].value("kind", Json()) == network_kind.name;
}

std::unique_ptr<Guide> read_guide(const std::filesystem::path& path) {
  if (is_network(path)) return std::make_unique<NetworkGuide>(read_network(path).network);
  return std::make_unique<TeacherGuide>(read_teacher(path).teacher);
}

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
