#include "roads/train_roads.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "roads/road_bank.h"
#include "roads/road_network.h"

namespace lutra {
namespace {

void check_thresholds(const RoadConfig& config) {
  const std::vector<double>& at = config.thresholds_gev;
  if (at.empty() || at.size() > 4 || at.front() <= 0 ||
      std::ranges::adjacent_find(at, std::greater_equal<>{}) != at.end())
    throw Error("roads.thresholds_gev must be one to four numbers above 0 that rise", "",
                "For example [10] or [6, 10]");
}

}  // namespace

std::vector<double> teacher_pt(const Guide& guide, const Dataset& data, int threads, const Progress& progress) {
  const std::size_t pt = target_place(data, "pt");
  const std::vector<double> all = predict(guide, data, threads, progress);
  std::vector<double> values;
  for (std::size_t e = 0; e < data.size(); ++e) values.push_back(all[e * data.targets.size() + pt]);
  return values;
}

Network train_roads(const RoadConfig& config, const Dataset& data, std::span<const double> teacher_pt, int threads,
                    const Progress& progress) {
  check_thresholds(config);
  RoadBanks found;
  RoadBank all;
  RoadSamples samples;
  for (const double threshold : config.thresholds_gev) {
    samples = make_road_samples(config, threshold, data, teacher_pt);
    const RoadBank& bank = found.banks.emplace_back(learn_roads(config, samples, threads, progress));
    all.insert(all.end(), bank.begin(), bank.end());
  }
  found.position = positions_of(all, samples);
  return road_network(config, found, data);
}

}  // namespace lutra
