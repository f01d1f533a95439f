#include "report/seed_means.h"

#include <algorithm>
#include <cmath>

#include "report/resources.h"

namespace lutra {
namespace {

/// The numbers at one place of every object; nothing when one of them is something else.
std::optional<std::vector<double>> numbers_of(const std::vector<const Json*>& values) {
  std::vector<double> numbers;
  for (const Json* value : values) {
    if (!value->is_number()) return std::nullopt;
    numbers.push_back(value->get<double>());
  }
  return numbers;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double spread(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double centre = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

Json mean_number(const std::vector<const Json*>& values) {
  const auto numbers = numbers_of(values);
  return numbers ? Json(mean(*numbers)) : *values.front();
}

/// An interval around the mean of `values`: the mean distances of the intervals' ends, each with the spread.
Json mean_interval(const std::vector<const Json*>& values, const std::vector<const Json*>& intervals) {
  const auto numbers = numbers_of(values);
  if (!numbers) return *intervals.front();
  std::vector<double> below, above;
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    const Json& interval = *intervals[i];
    if (!interval.is_array() || interval.size() != 2 || !interval[0].is_number() || !interval[1].is_number())
      return *intervals.front();
    below.push_back((*numbers)[i] - interval[0].get<double>());
    above.push_back(interval[1].get<double>() - (*numbers)[i]);
  }
  const double of_seeds = spread(*numbers);
  double lo = mean(*numbers) - std::hypot(mean(below), of_seeds);
  // What cannot be negative for any seed (a fraction, a rate) cannot be so on average.
  const bool positive = std::ranges::all_of(intervals, [](const Json* i) { return (*i)[0].get<double>() >= 0; });
  if (positive) lo = std::max(lo, 0.0);
  return {lo, mean(*numbers) + std::hypot(mean(above), of_seeds)};
}

std::vector<const Json*> at(const std::vector<const Json*>& objects, const auto& key) {
  std::vector<const Json*> values;
  for (const Json* object : objects) values.push_back(&object->at(key));
  return values;
}

bool all_have(const std::vector<const Json*>& objects, const std::string& key) {
  return std::ranges::all_of(objects, [&](const Json* object) { return object->contains(key); });
}

/// Element by element; `intervals` may be empty.
Json mean_list(const std::vector<const Json*>& lists, const std::vector<const Json*>& intervals) {
  Json result = Json::array();
  const auto same = [&](const Json* list) { return list->is_array() && list->size() == lists.front()->size(); };
  if (!std::ranges::all_of(lists, same) || !std::ranges::all_of(intervals, same)) return *lists.front();
  for (std::size_t i = 0; i < lists.front()->size(); ++i)
    result.push_back(intervals.empty() ? mean_number(at(lists, i)) : mean_interval(at(lists, i), at(intervals, i)));
  return result;
}

Json mean_at(const std::vector<const Json*>& objects, const std::string& key) {
  constexpr std::string_view suffix = "_interval";
  const std::vector<const Json*> values = at(objects, key);
  if (key == "intervals" && all_have(objects, "values")) return mean_list(at(objects, "values"), values);
  if (key.ends_with(suffix)) {
    const std::string of = key.substr(0, key.size() - suffix.size());
    return all_have(objects, of) ? mean_interval(at(objects, of), values) : *values.front();
  }
  if (values.front()->is_object()) return mean_of(values);
  if (values.front()->is_array()) return mean_list(values, {});
  return mean_number(values);
}

/// Without counts: the same events for every seed do not add up to more.
Json without_counts(Json metrics) {
  if (metrics.contains("efficiency") && metrics["efficiency"].is_object())
    for (const char* key : {"passed", "total"}) metrics["efficiency"].erase(key);
  return metrics;
}

std::shared_ptr<const Json> hardware_of(const std::vector<const StudyNetwork*>& seeds) {
  std::vector<const Json*> all;
  for (const StudyNetwork* n : seeds) {
    if (n->hardware == nullptr) continue;
    if (!is_estimated(*n->hardware, n->where)) return std::make_shared<const Json>(*n->hardware);
    all.push_back(n->hardware);
  }
  return all.empty() ? nullptr : std::make_shared<const Json>(mean_of(all));
}

std::shared_ptr<const Json> metrics_of(const std::vector<const StudyNetwork*>& seeds) {
  std::vector<const Json*> all;
  for (const StudyNetwork* n : seeds)
    if (n->metrics != nullptr) all.push_back(n->metrics);
  if (all.empty()) return nullptr;
  return std::make_shared<const Json>(all.size() == 1 ? *all.front() : without_counts(mean_of(all)));
}

}  // namespace

Json mean_of(const std::vector<const Json*>& objects) {
  Json result = Json::object();
  for (const auto& [key, value] : objects.front()->items())
    result[key] = all_have(objects, key) ? mean_at(objects, key) : value;
  return result;
}

std::vector<SeedAverage> average_over_seeds(const std::vector<StudyNetwork>& networks) {
  std::vector<SeedAverage> averages;
  for (const StudyNetwork& first : networks) {
    const auto is_same = [&](const StudyNetwork& n) { return n.name == first.name && n.family == first.family; };
    if (std::ranges::any_of(averages, [&](const SeedAverage& a) { return is_same(a.network); })) continue;
    std::vector<const StudyNetwork*> seeds;
    for (const StudyNetwork& n : networks)
      if (is_same(n)) seeds.push_back(&n);
    SeedAverage average{first, static_cast<int>(seeds.size()), metrics_of(seeds), hardware_of(seeds)};
    average.network.metrics = average.metrics.get();
    average.network.hardware = average.hardware.get();
    averages.push_back(std::move(average));
  }
  return averages;
}

}  // namespace lutra
