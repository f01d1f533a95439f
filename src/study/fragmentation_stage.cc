#include <algorithm>

#include "base/artifacts.h"
#include "base/error.h"
#include "event/events_file.h"
#include "fragment/containment.h"
#include "physics/estimate.h"
#include "study/stages.h"

namespace lutra {
namespace {

constexpr ArtifactKind fragmentation_kind = artifact_kind("fragmentation");
constexpr std::size_t batch_events = 1 << 16;

std::vector<ContainmentCount> wanted_counts(const FragmentationConfig& config) {
  std::vector<ContainmentCount> counts;
  for (const std::int64_t window : config.windows)
    for (const std::int64_t stride : config.strides)
      counts.push_back({.window_cols = static_cast<int>(window), .stride = static_cast<int>(stride)});
  return counts;
}

Json to_json(const ContainmentCount& count) {
  const Estimate all = proportion({count.half_contained, count.muons});
  const Estimate hard = proportion({count.hard_half_contained, count.hard_muons});
  return {{"window_cols", count.window_cols},
          {"stride", count.stride},
          {"muons", count.muons},
          {"half_contained", number_or_null(all.value)},
          {"half_contained_interval", interval_to_json(all)},
          {"half_contained_above_10gev", number_or_null(hard.value)},
          {"half_contained_above_10gev_interval", interval_to_json(hard)}};
}

/// Both histograms over the same bins of two hits; the last one holds everything above.
Json to_json(const WindowHits& hits) {
  constexpr std::size_t width = 2, bins = 20;
  Json json = {{"bins", Json::array()}, {"muon", Json::array()}, {"empty", Json::array()}};
  for (std::size_t b = 0; b <= bins; ++b) json["bins"].push_back(b * width);
  const auto fill = [&](const std::vector<std::int64_t>& counts, Json& to) {
    std::vector<std::int64_t> filled(bins);
    for (std::size_t n = 0; n < counts.size(); ++n) filled[std::min(n / width, bins - 1)] += counts[n];
    to = filled;
  };
  fill(hits.muon, json["muon"]);
  fill(hits.empty, json["empty"]);
  return json;
}

}  // namespace

Json make_fragmentation(const FragmentationConfig& config, const FragmentConfig& fragment,
                        const std::filesystem::path& events, const std::filesystem::path& out, const Context& context) {
  EventReader reader(events);
  const std::uint64_t total =
      config.events == 0 ? reader.size() : std::min(reader.size(), static_cast<std::uint64_t>(config.events));
  if (total == 0) throw Error(events.string() + " holds no events", "", "Simulate some");
  std::vector<ContainmentCount> counts = wanted_counts(config);
  WindowHits hits;
  const Progress progress = context.progress();
  for (std::uint64_t done = 0; done < total;) {
    const EventBatch batch = reader.next(std::min<std::uint64_t>(batch_events, total - done));
    for (std::size_t k = 0; k < counts.size(); ++k) {
      progress("windows and strides", done * counts.size() + k * batch.size(), total * counts.size());
      count_containment(batch, reader.shape(), context.threads(), std::span(counts).subspan(k, 1));
    }
    count_window_hits(batch, reader.shape(), fragment.window, fragment.stride, context.threads(), hits);
    done += batch.size();
  }
  progress("windows and strides", total * counts.size(), total * counts.size());
  Json body = {{"events", total}, {"curves", Json::array()}, {"hits", to_json(hits)}};
  for (const ContainmentCount& count : counts) body["curves"].push_back(to_json(count));
  write_json_artifact(out, fragmentation_kind,
                      {{"fragmentation", echo(config)}, {"fragment", echo(fragment)}, {"events", reader.config()}},
                      body);
  return body;
}

}  // namespace lutra
