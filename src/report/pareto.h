#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "report/seed_means.h"

namespace lutra {

/// One network: smaller cost and larger value are better.
struct ParetoPoint {
  std::string name;
  std::string kind;        // "student", "learned precision", ...
  double cost = 0;         // LUT, above 0
  bool estimated = false;  // else synthesised
  double value = 0;        // plateau
  bool chosen = false;
  const Json* entry = nullptr;  // holds plateau, fake_rate, ... with their intervals
};

/// The networks of pareto.json, with learned precision. Error when it is not as documented.
std::vector<ParetoPoint> pareto_points(const Json& body, const std::string& where);

/// The networks of networks.json whose plateau and LUTs are known, seeds averaged. They point into `averages`.
std::vector<ParetoPoint> network_points(const std::vector<SeedAverage>& averages);

/// For every point whether no other point is at least as good in both and better in one.
std::vector<bool> on_front(const std::vector<ParetoPoint>& points);

/// What a run's networks reach at which cost: the points, and what keeps the objects alive that they point to.
struct Front {
  std::vector<SeedAverage> averages;
  std::vector<ParetoPoint> points;
  std::vector<bool> on;
  std::string where;
};

/// Of networks.json, pareto.json, and the student in firmware; no points when there is no network to compare.
Front front_of(const Run& run);

}  // namespace lutra
