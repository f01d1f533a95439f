#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace lutra {

/// One network of pareto.json (docs/report.md): smaller cost and larger value are better.
struct ParetoPoint {
  std::string name;
  double cost = 0;   // in pareto.json's unit, above 0
  double value = 0;  // plateau
  bool chosen = false;
  const Json* entry = nullptr;
};

/// Error when pareto.json is not as documented.
std::vector<ParetoPoint> pareto_points(const Json& body, const std::string& where);

/// For every point whether no other point is at least as good in both and better in one.
std::vector<bool> on_front(const std::vector<ParetoPoint>& points);

}  // namespace lutra
