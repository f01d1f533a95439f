#pragma once
#include <memory>
#include <string>
#include <vector>

#include "report/run.h"

namespace lutra {

/// Anything that has metrics, hardware, or both: one row of the rate and constraint tables.
struct Measured {
  std::string name;
  const Json* metrics = nullptr;
  const Json* hardware = nullptr;
  std::string where = {};                                           // of the metrics, for messages
  std::string hardware_where = {};                                  // of the hardware
  std::shared_ptr<const Json> own_metrics = {}, own_hardware = {};  // what the two point to, when made here
};

/// The algorithms of metrics.json and references.json (the student with its synth.json), then the study's networks,
/// averaged over their seeds: of the students, those distilled from the float teacher.
std::vector<Measured> everything_measured(const std::vector<Run>& runs);

}  // namespace lutra
