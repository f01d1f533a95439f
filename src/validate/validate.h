#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "validate/observations.h"

namespace lutra {

/// One number of the real detector's simulation against the toy.
struct Check {
  std::string quantity;
  std::string measured;   // as published or measured on the study's images
  double lo = 0, hi = 0;  // the toy agrees within [lo, hi]
  double toy = 0;
  double toy_lo = 0, toy_hi = 0;  // 95 % interval of the toy's number
  bool agrees() const { return toy_hi >= lo && toy_lo <= hi; }
};

/// Compares what was observed with everything that was measured on the study's images: bending, scatter, cluster
/// widths, noise, acceptance, containment. Checks without enough events are left out. Error when there are no events.
std::vector<Check> validate(const Observations& observed);

/// {"checks": [...], "agree": n, "of": n} for reports.
Json checks_to_json(const std::vector<Check>& checks);

/// The same as a table in Markdown.
std::string checks_to_markdown(const std::vector<Check>& checks);

}  // namespace lutra
