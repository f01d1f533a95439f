#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "event/event.h"

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

/// Compares events of the nine-layer barrel with everything that was measured on the study's images: bending, scatter,
/// cluster widths, noise, acceptance, containment. Muon quantities need events with one muon, noise quantities events
/// without; checks without events are left out. Error when the image has not nine layers or there are no events.
std::vector<Check> validate(const EventBatch& events, const ImageShape& shape, int threads = 1);

/// {"checks": [...], "agree": n, "of": n} for reports.
Json checks_to_json(const std::vector<Check>& checks);

/// The same as a table in Markdown.
std::string checks_to_markdown(const std::vector<Check>& checks);

}  // namespace lutra
