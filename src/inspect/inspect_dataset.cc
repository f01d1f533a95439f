#include <algorithm>
#include <array>
#include <map>

#include "event/dataset_file.h"
#include "inspect/inspect_parts.h"
#include "inspect/summary.h"

namespace lutra {
namespace {

constexpr std::size_t block_inputs = 1 << 22;
constexpr int bins = 10;
constexpr std::size_t most_levels = 16;

/// Sums over all events of a data set.
struct Tally {
  explicit Tally(const Dataset& data_layout)
      : layout(data_layout),
        truth(layout.targets.size()),
        columns(layout.columns.size()),
        ones(layout.targets.size(), 0),
        is_one_hot(layout.targets.size() > 1 && std::all_of(layout.targets.begin(), layout.targets.end(), is_unit)) {}

  const Dataset& layout;
  std::array<std::uint64_t, 1 << 16> counts{};  // of the inputs, by their bits: a map is slow for 10^9 of them
  std::uint64_t in_split[3] = {};
  std::vector<Summary> truth, columns;
  std::vector<std::uint64_t> ones;  // [targets] events in which the target is 1
  bool is_one_hot;                  // classes: targets from 0 to 1 of which exactly one is 1 in every event

  void add(const Dataset& block) {
    for (const std::int16_t v : block.inputs) ++counts[static_cast<std::uint16_t>(v)];
    for (const Split split : block.split) ++in_split[static_cast<std::size_t>(split)];
    for (std::size_t event = 0; event < block.size(); ++event)
      add_truth(std::span<const float>(block.truth).subspan(event * truth.size(), truth.size()));
    for (std::size_t c = 0; c < columns.size(); ++c)
      for (const float v : block.columns[c].values) columns[c].add(v);
  }

  /// Inputs of every value that occurs.
  std::map<std::int16_t, std::uint64_t> levels() const {
    std::map<std::int16_t, std::uint64_t> levels;
    for (std::size_t bits = 0; bits < counts.size(); ++bits)
      if (counts[bits] > 0) levels[static_cast<std::int16_t>(bits)] = counts[bits];
    return levels;
  }

 private:
  static bool is_unit(const Target& t) { return t.lo == 0 && t.hi == 1 && t.step == 0; }

  void add_truth(std::span<const float> values) {
    for (std::size_t t = 0; t < values.size(); ++t) {
      truth[t].add(values[t]);
      ones[t] += values[t] == 1;
    }
    const auto count = [&](float value) { return std::count(values.begin(), values.end(), value); };
    is_one_hot = is_one_hot && count(1) == 1 && count(0) == static_cast<std::ptrdiff_t>(values.size()) - 1;
  }
};

Json inputs_of(const Tally& tally, std::uint64_t events) {
  const int frac = tally.layout.input_format.frac;
  const auto levels = tally.levels();
  Summary values;
  double sum = 0;
  for (const auto& [level, count] : levels) {
    values.add(to_real(level, frac));
    sum += to_real(level, frac) * static_cast<double>(count);
  }
  Json json = {{"lo", values.lo()}, {"hi", values.hi()}};
  if (events > 0) json["mean"] = sum / static_cast<double>(events * tally.layout.input_size());
  json["levels_used"] = levels.size();
  if (levels.size() > most_levels) return json;
  for (const auto& [level, count] : levels) json["counts"][Json(to_real(level, frac)).dump()] = count;
  return json;
}

Json classes_of(const Tally& tally) {
  Json classes = Json::object();
  for (std::size_t t = 0; t < tally.ones.size(); ++t) classes[tally.layout.targets[t].name] = tally.ones[t];
  return classes;
}

/// Calls add(block) for all events.
template <class Add>
void for_blocks(DatasetReader& reader, const Add& add) {
  const std::size_t events = std::max<std::size_t>(1, block_inputs / reader.layout().input_size());
  for (Dataset block = reader.next(events); block.size() > 0; block = reader.next(events)) add(block);
}

/// Their ranges are known only after a first pass.
std::vector<Histogram> truth_histograms(const std::filesystem::path& path, const Tally& tally) {
  std::vector<Histogram> histograms;
  for (const Summary& values : tally.truth) histograms.emplace_back(values.lo(), values.hi(), bins);
  DatasetReader reader(path);
  for_blocks(reader, [&](const Dataset& block) {
    for (std::size_t i = 0; i < block.truth.size(); ++i) histograms[i % histograms.size()].add(block.truth[i]);
  });
  return histograms;
}

Json targets_of(const std::filesystem::path& path, const Tally& tally) {
  const std::vector<Histogram> histograms = truth_histograms(path, tally);
  Json targets = Json::object();
  for (std::size_t t = 0; t < tally.truth.size(); ++t) {
    const Target& target = tally.layout.targets[t];
    Json& json = targets[target.name] = {{"unit", target.unit},
                                         {"scaled_from", {target.lo, target.hi}},
                                         {"step", target.step},
                                         {"values", tally.truth[t].to_json()}};
    if (tally.truth[t].count() > 0) json["histogram"] = histograms[t].to_json();
  }
  return targets;
}

}  // namespace

Inspected inspect_dataset(const std::filesystem::path& path, const Progress& progress) {
  DatasetReader reader(path);
  Tally tally(reader.layout());
  std::uint64_t done = 0;
  for_blocks(reader, [&](const Dataset& block) {
    tally.add(block);
    progress("inspect", done += block.size(), reader.size());
  });
  const Dataset& layout = reader.layout();
  Json json = {
      {"events", reader.size()},
      {"splits", {{"train", tally.in_split[0]}, {"validation", tally.in_split[1]}, {"test", tally.in_split[2]}}},
      {"shape", {layout.rows, layout.cols}},
      {"input_format", to_string(layout.input_format)},
      {"inputs", inputs_of(tally, reader.size())}};
  if (tally.is_one_hot && reader.size() > 0)
    json["classes"] = classes_of(tally);
  else
    json["targets"] = targets_of(path, tally);
  json["columns"] = Json::object();
  for (std::size_t c = 0; c < tally.columns.size(); ++c)
    json["columns"][layout.columns[c].name] = tally.columns[c].to_json();
  return {json, reader.config(), reader.code()};
}

}  // namespace lutra
