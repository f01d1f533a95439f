#include "roads/road_samples.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/error.h"
#include "base/random.h"
#include "train/samples.h"

namespace lutra {
namespace {

void check_fits(const RoadConfig& config, const Dataset& data) {
  const auto rows = std::accumulate(config.stations.begin(), config.stations.end(), std::int64_t{0});
  if (config.stations.size() < 2 || config.stations.size() > most_stations)
    throw Error("roads need 2 or 3 stations", std::to_string(config.stations.size()) + " are configured",
                "Change `stations`: the counts of three stations are what one look-up table can read");
  if (rows != data.rows)
    throw Error("the stations' rows do not add up to the image's",
                std::to_string(rows) + " instead of " + std::to_string(data.rows), "Change `stations`");
  if (data.input_format.is_signed)
    throw Error("roads count hits", "the data set's inputs are signed numbers", "Use a data set of hit counts");
}

/// The training events of this configuration.
std::vector<std::uint32_t> chosen_events(const RoadConfig& config, const Dataset& data) {
  std::vector<std::uint32_t> events =
      events_of(data, Split::train, "training", config.train_events, config.min_containment);
  if (config.event_share < 1)
    std::erase_if(events, [&](std::uint32_t e) {
      return !Random(static_cast<std::uint64_t>(config.seed), RandomStream::sample, e).chance(config.event_share);
    });
  return events;
}

}  // namespace

std::size_t target_place(const Dataset& data, const std::string& name) {
  const auto target = std::ranges::find(data.targets, name, &Target::name);
  if (target == data.targets.end())
    throw Error("roads decide on the pT of muons", "the data set has no target named " + name, "");
  return static_cast<std::size_t>(target - data.targets.begin());
}

std::optional<std::size_t> position_place(const Dataset& data) {
  const auto target = std::ranges::find_if(data.targets, [](const Target& t) { return t.step != 0; });
  if (target == data.targets.end()) return std::nullopt;
  return static_cast<std::size_t>(target - data.targets.begin());
}

std::vector<std::uint8_t> count_planes(const RoadConfig& config, const Dataset& data, std::size_t event) {
  const std::span<const std::int16_t> pixels = data.input(event);
  const auto cols = static_cast<std::size_t>(data.cols);
  std::vector<std::uint8_t> counts(config.stations.size() * cols, 0);
  std::size_t row = 0;
  for (std::size_t s = 0; s < config.stations.size(); ++s)
    for (std::int64_t plane = 0; plane < config.stations[s]; ++plane, ++row)
      for (std::size_t col = 0; col < cols; ++col) {
        const auto from = pixels.begin() + static_cast<std::ptrdiff_t>(row * cols + col);
        const auto reach = std::min(static_cast<std::size_t>(config.reach), cols - col);
        const bool fires = std::any_of(from, from + static_cast<std::ptrdiff_t>(reach), [](auto p) { return p > 0; });
        std::uint8_t& count = counts[s * cols + col];
        if (fires && count < largest_count) ++count;
      }
  return counts;
}

double worth_of(const RoadConfig& config, double threshold_gev, double pt_gev) {
  if (pt_gev <= 0) return -config.empty_weight;
  const double share = pt_gev / threshold_gev;
  if (share >= config.full_share) return 1;
  if (share >= 1) return (share - 1) / (config.full_share - 1);
  if (share < config.low_share) return -config.low_weight;
  return -config.middle_weight * (1 - share) / (1 - config.low_share);
}

RoadSamples make_road_samples(const RoadConfig& config, double threshold_gev, const Dataset& data,
                              std::span<const double> teacher_pt) {
  check_fits(config, data);
  const std::size_t pt = target_place(data, "pt");
  if (config.truth_share < 1 && teacher_pt.size() != data.size())
    throw Error("roads that learn from a teacher need one", "truth_share is below 1", "Give --teacher FILE");
  const Column* weight = find_column(data, "weight");
  RoadSamples samples{data.cols, static_cast<int>(config.stations.size()), {}, {}, {}};
  const std::optional<std::size_t> position = position_place(data);
  for (const std::uint32_t e : chosen_events(config, data)) {
    const std::vector<std::uint8_t> counts = count_planes(config, data, e);
    samples.counts.insert(samples.counts.end(), counts.begin(), counts.end());
    const double truth = static_cast<double>(data.truth[e * data.targets.size() + pt]);
    double worth = config.truth_share * worth_of(config, threshold_gev, truth);
    if (config.truth_share < 1) worth += (1 - config.truth_share) * worth_of(config, threshold_gev, teacher_pt[e]);
    if (position)
      samples.position.push_back(data.targets[*position].to_scaled(
          static_cast<double>(data.truth[e * data.targets.size() + *position]), data.window_start[e]));
    samples.worth.push_back(worth * (weight ? static_cast<double>(weight->values[e]) : 1));
  }
  if (std::none_of(samples.worth.begin(), samples.worth.end(), [](double w) { return w > 0; }))
    throw Error("no training event is above the threshold of " + std::to_string(threshold_gev) + " GeV",
                "there is nothing to accept", "Lower thresholds_gev, or use more events");
  return samples;
}

}  // namespace lutra
