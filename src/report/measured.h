#pragma once
#include <memory>
#include <string>
#include <vector>

#include "report/run.h"

namespace lutra {

/// Anything that has metrics, hardware, or both: one row of the rate, hardware and constraint tables.
struct Measured {
  std::string name;
  std::string group;     // "Teachers", ...: rows of one group are neighbours
  std::string run = {};  // its name
  std::string key = {};  // of metrics.json or references.json; "" for a network of networks.json
  const Json* metrics = nullptr;
  const Json* hardware = nullptr;
  std::string where = {};                                           // of the metrics, for messages
  std::string hardware_where = {};                                  // of the hardware
  std::shared_ptr<const Json> own_metrics = {}, own_hardware = {};  // what the two point to, when made here
};

inline constexpr const char* teachers_group = "Teachers";
inline constexpr const char* firmware_group = "The published student's architecture, built here as firmware";
inline constexpr const char* students_group = "The same, against bits: distilled from the float teacher";
inline constexpr const char* ours_group = "Found by Lutra";
inline constexpr const char* references_group = "Reference triggers";
inline constexpr const char* published_group = "Published";

/// The algorithms of metrics.json (the student with its synth.json), the study's networks, averaged over their seeds
/// (of the students that can be compared, study.h, those distilled from the float teacher; of Lutra's own, those that
/// were synthesised, or all when none was), and the reference triggers.
std::vector<Measured> everything_measured(const std::vector<Run>& runs);

}  // namespace lutra
