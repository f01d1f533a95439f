#include "report/pareto.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "report/fields.h"

namespace lutra {

std::vector<ParetoPoint> pareto_points(const Json& body, const std::string& where) {
  std::vector<ParetoPoint> points;
  for (const Json& entry : list_at(body, "points", where)) {
    const std::string here = fmt::format("{} point {}", where, points.size());
    ParetoPoint point{json_get<std::string>(entry, "name", here),
                      "learned precision",
                      json_get<double>(entry, "cost", here),
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
    if (plateau && lut && *lut > 0) points.push_back({n.name, kind_of(n), *lut, *plateau, false, n.metrics});
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

}  // namespace lutra
