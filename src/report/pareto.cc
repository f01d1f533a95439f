#include "report/pareto.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "report/fields.h"
#include "report/resources.h"

namespace lutra {

std::vector<ParetoPoint> pareto_points(const Json& body, const std::string& where) {
  std::vector<ParetoPoint> points;
  for (const Json& entry : list_at(body, "points", where)) {
    const std::string here = fmt::format("{} point {}", where, points.size());
    ParetoPoint point{json_get<std::string>(entry, "name", here),
                      "learned precision",
                      json_get<double>(entry, "cost", here),
                      true,
                      json_get<double>(entry, "plateau", here),
                      entry.contains("chosen") && json_get<bool>(entry, "chosen", here),
                      &entry};
    if (!(point.cost > 0)) throw Error(here + ": \"cost\" must be above 0", "", "");
    points.push_back(std::move(point));
  }
  return points;
}

namespace {

std::string kind_of(const StudyNetwork& network) {
  if (network.family != "ours") return network.family;
  return network.precision == "tables" ? "roads" : network.precision + " precision";
}

}  // namespace

std::vector<ParetoPoint> network_points(const std::vector<SeedAverage>& averages) {
  std::vector<ParetoPoint> points;
  for (const SeedAverage& average : averages) {
    const StudyNetwork& n = average.network;
    if (n.metrics == nullptr || n.hardware == nullptr) continue;
    const auto plateau = maybe_number(*n.metrics, "plateau", n.where);
    const auto lut = maybe_number(*n.hardware, "lut", n.where);
    if (plateau && lut && *lut > 0)
      points.push_back({n.name, kind_of(n), *lut, is_estimated(*n.hardware, n.where), *plateau, false, n.metrics});
  }
  return points;
}

std::vector<bool> on_front(const std::vector<ParetoPoint>& points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // By rising cost, at equal cost by falling value: a point is on the front when it beats every value before it, or
  // equals the last front point in both.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return points[a].cost != points[b].cost ? points[a].cost < points[b].cost : points[a].value > points[b].value;
  });
  std::vector<bool> front(points.size(), false);
  double best = -std::numeric_limits<double>::infinity();
  double best_cost = 0;
  for (const std::size_t i : order) {
    front[i] = points[i].value > best || (points[i].value == best && points[i].cost == best_cost);
    if (points[i].value > best) {
      best = points[i].value;
      best_cost = points[i].cost;
    }
  }
  return front;
}

namespace {

/// The student of metrics.json with its synthesised firmware.
void add_firmware_student(const Run& run, std::vector<ParetoPoint>& points) {
  const Json* metrics = run.body("metrics.json");
  const Json* synth = run.body("synth.json");
  if (metrics == nullptr || synth == nullptr || !metrics->contains("student")) return;
  const std::string where = run.name + "/metrics.json";
  const Json& student = object_at(*metrics, "student", where);
  const auto plateau = maybe_number(student, "plateau", where);
  const auto lut = maybe_number(*synth, "lut", run.name + "/synth.json");
  if (plateau && lut && *lut > 0)
    points.push_back({"Student in firmware", "student in firmware", *lut, false, *plateau, true, &student});
}

/// Those of pareto.json. The chosen one is in networks.json too, then with its synthesised LUTs: it is kept once.
void add_learned(const Run& run, std::vector<ParetoPoint>& points) {
  const Json* body = run.body("pareto.json");
  if (body == nullptr) return;
  std::vector<ParetoPoint> learned = pareto_points(*body, run.name + "/pareto.json");
  const auto same = std::ranges::find(points, "learned precision", &ParetoPoint::kind);
  if (same != points.end()) {
    same->chosen = true;
    std::erase_if(learned, [](const ParetoPoint& p) { return p.chosen; });
  }
  points.insert(points.end(), learned.begin(), learned.end());
}

}  // namespace

Front front_of(const Run& run) {
  Front front{average_over_seeds(study_networks({run})), {}, {}, run.name};
  front.points = network_points(front.averages);
  add_learned(run, front.points);
  if (!front.points.empty()) add_firmware_student(run, front.points);
  front.on = on_front(front.points);
  return front;
}

}  // namespace lutra
