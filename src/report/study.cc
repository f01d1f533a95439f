#include "report/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "report/algorithms.h"
#include "report/fields.h"
#include "report/html.h"

namespace lutra {
namespace {

constexpr std::array families = {"teacher", "student", "ours", "reference"};
constexpr std::array teachers = {"float", "quantized", "none"};
constexpr int all_events = std::numeric_limits<int>::max();

template <std::size_t N>
std::string one_of(const Json& entry, const char* key, const std::array<const char*, N>& choices,
                   const std::string& where) {
  auto text = json_get<std::string>(entry, key, where);
  if (std::find(choices.begin(), choices.end(), text) == choices.end())
    throw Error(where + ": unknown \"" + key + "\" \"" + text + "\"", "", "docs/report.md lists the known ones");
  return text;
}

StudyNetwork network_of(const std::vector<Run>& runs, const Run& run, const Json& entry, const std::string& where) {
  StudyNetwork network;
  network.where = where;
  network.run = run.name;
  network.name = in_run(runs, run, json_get<std::string>(entry, "name", where));
  network.family = one_of(entry, "family", families, where);
  network.input = json_get<std::string>(entry, "input", where);
  if (maybe_number(entry, "bits", where)) network.bits = json_get<int>(entry, "bits", where);
  network.precision = entry.contains("precision") ? json_get<std::string>(entry, "precision", where) : "float";
  if (network.bits) network.precision = std::to_string(*network.bits);
  if (maybe_number(entry, "seed", where)) network.seed = json_get<int>(entry, "seed", where);
  if (maybe_number(entry, "train_events", where)) network.train_events = json_get<int>(entry, "train_events", where);
  network.distilled = json_get<bool>(entry, "distilled", where);
  network.teacher = one_of(entry, "teacher", teachers, where);
  if (entry.contains("metrics")) network.metrics = &object_at(entry, "metrics", where);
  if (entry.contains("hardware")) network.hardware = &object_at(entry, "hardware", where);
  const bool student = network.family == "student";
  network.short_name = student ? in_run(runs, run, "Student, " + precision_text(network.precision)) : network.name;
  return network;
}

}  // namespace

std::vector<StudyNetwork> study_networks(const std::vector<Run>& runs) {
  std::vector<StudyNetwork> networks;
  for (const Run& run : runs) {
    const Json* body = run.body("networks.json");
    if (body == nullptr) continue;
    const std::string where = run.name + "/networks.json";
    const Json& list = list_at(*body, "networks", where);
    for (std::size_t i = 0; i < list.size(); ++i)
      networks.push_back(network_of(runs, run, list[i], fmt::format("{} network {}", where, i)));
  }
  return networks;
}

std::string precision_text(const std::string& precision) {
  return precision.find_first_not_of("0123456789") == std::string::npos ? precision + " bit" : precision;
}

std::string recipe(const StudyNetwork& network) {
  return network.distilled ? "distilled, " + network.teacher + " teacher" : "not distilled";
}

std::optional<SeedMean> mean_over_seeds(const std::vector<StudyNetwork>& networks, const std::string& wanted,
                                        const std::string& precision, const std::string& key) {
  std::vector<double> values;
  double half_width = 0;
  for (const StudyNetwork& n : networks) {
    if (n.family != "student" || n.precision != precision || recipe(n) != wanted || n.metrics == nullptr) continue;
    const std::optional<double> value = maybe_number(*n.metrics, key, n.where);
    if (!value) continue;
    values.push_back(*value);
    const Bounds bounds = maybe_bounds(*n.metrics, key + "_interval", n.where);
    if (bounds.lo && bounds.hi) half_width = (*bounds.hi - *bounds.lo) / 2;
  }
  if (values.empty()) return std::nullopt;
  const double count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  if (values.size() == 1) return SeedMean{mean, half_width};
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return SeedMean{mean, std::sqrt(squares / (count - 1) / count)};
}

std::vector<StudyNetwork> comparable_students(const std::vector<StudyNetwork>& networks) {
  const auto events_of = [](const auto& entry) { return entry.first == 0 ? all_events : entry.first; };
  std::map<std::string, std::map<int, int>> count;  // run -> events -> students
  for (const StudyNetwork& n : networks) count[n.run][n.train_events] += n.family == "student";
  std::map<std::string, int> usual;
  for (const auto& [run, trainings] : count)
    usual[run] = std::ranges::max_element(trainings, {}, [&](const auto& entry) {
                   return std::pair(entry.second, events_of(entry));
                 })->first;
  std::vector<StudyNetwork> students;
  for (const StudyNetwork& n : networks)
    if (n.family == "student" && n.train_events == usual.at(n.run)) students.push_back(n);
  return students;
}

}  // namespace lutra
