#include <algorithm>
#include <map>

#include "import/inspect_parts.h"
#include "import/summary.h"

namespace lutra {
namespace {

constexpr int bins = 10;
constexpr std::size_t most_levels = 16;

Json inputs_of(const Dataset& data) {
  std::map<std::int16_t, std::uint64_t> levels;
  for (const std::int16_t v : data.inputs) ++levels[v];
  Summary values;
  double sum = 0;
  for (const auto& [level, count] : levels) {
    values.add(to_real(level, data.input_format.frac));
    sum += to_real(level, data.input_format.frac) * static_cast<double>(count);
  }
  Json json = {{"lo", values.lo()}, {"hi", values.hi()}};
  if (!data.inputs.empty()) json["mean"] = sum / static_cast<double>(data.inputs.size());
  json["levels_used"] = levels.size();
  if (levels.size() > most_levels) return json;
  for (const auto& [level, count] : levels) json["counts"][Json(to_real(level, data.input_format.frac)).dump()] = count;
  return json;
}

std::vector<float> truth_of(const Dataset& data, std::size_t target) {
  std::vector<float> values;
  for (std::size_t e = 0; e < data.size(); ++e) values.push_back(data.truth[e * data.targets.size() + target]);
  return values;
}

/// Classes are targets from 0 to 1 of which exactly one is 1 in every event.
bool is_one_hot(const Dataset& data) {
  const std::size_t n = data.targets.size();
  const auto unit = [](const Target& t) { return t.lo == 0 && t.hi == 1 && t.step == 0; };
  if (n < 2 || data.size() == 0 || !std::all_of(data.targets.begin(), data.targets.end(), unit)) return false;
  for (std::size_t e = 0; e < data.size(); ++e) {
    const auto begin = data.truth.begin() + static_cast<std::ptrdiff_t>(e * n),
               end = begin + static_cast<std::ptrdiff_t>(n);
    if (std::count(begin, end, 1.0f) != 1 || std::count(begin, end, 0.0f) != static_cast<std::ptrdiff_t>(n) - 1)
      return false;
  }
  return true;
}

Json classes_of(const Dataset& data) {
  Json classes = Json::object();
  for (std::size_t t = 0; t < data.targets.size(); ++t) {
    const std::vector<float> values = truth_of(data, t);
    classes[data.targets[t].name] = std::count(values.begin(), values.end(), 1.0f);
  }
  return classes;
}

Json summary_of(const std::vector<float>& values) {
  Summary summary;
  for (const float v : values) summary.add(v);
  return summary.to_json();
}

Json targets_of(const Dataset& data) {
  Json targets = Json::object();
  for (std::size_t t = 0; t < data.targets.size(); ++t) {
    const Target& target = data.targets[t];
    const std::vector<float> values = truth_of(data, t);
    const Json range = summary_of(values);
    Json& json = targets[target.name] = {
        {"unit", target.unit}, {"scaled_from", {target.lo, target.hi}}, {"step", target.step}, {"values", range}};
    if (range.contains("lo")) json["histogram"] = histogram(values, range["lo"], range["hi"], bins);
  }
  return targets;
}

}  // namespace

Json inspect_dataset(const Dataset& data) {
  const auto in = [&](Split s) { return std::count(data.split.begin(), data.split.end(), s); };
  Json columns = Json::object();
  for (const Column& column : data.columns) columns[column.name] = summary_of(column.values);
  Json json = {
      {"events", data.size()},
      {"splits", {{"train", in(Split::train)}, {"validation", in(Split::validation)}, {"test", in(Split::test)}}},
      {"shape", {data.rows, data.cols}},
      {"input_format", to_string(data.input_format)},
      {"inputs", inputs_of(data)}};
  if (is_one_hot(data))
    json["classes"] = classes_of(data);
  else
    json["targets"] = targets_of(data);
  json["columns"] = columns;
  return json;
}

}  // namespace lutra
