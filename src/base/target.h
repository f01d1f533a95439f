#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace lutra {

/// What one output of a network means. Networks work with scaled values in [0, 1]:
///   physical = lo + step x window_start + (hi - lo) x scaled
/// `step` is the physical size of one column for quantities measured relative to the fragment's window (eta), 0 for the
/// others (pT).
struct Target {
  std::string name;  // "pt", "eta", ...
  std::string unit;  // "GeV" or ""
  double lo = 0;
  double hi = 1;
  double step = 0;

  double to_physical(double scaled, double window_start) const { return lo + step * window_start + (hi - lo) * scaled; }
  double to_scaled(double physical, double window_start) const {
    return (physical - lo - step * window_start) / (hi - lo);
  }
  friend bool operator==(const Target&, const Target&) = default;
};

Json targets_to_json(const std::vector<Target>& targets);
std::vector<Target> targets_from_json(const Json& json, const std::string& where);

}  // namespace lutra
