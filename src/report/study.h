#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/run.h"

namespace lutra {

/// One network of a study (networks.json, docs/report.md).
struct StudyNetwork {
  std::string run;          // its name
  std::string name;         // as in the file, with the run before it when there are several
  std::string short_name;   // without what its group says: "Student, 4 bit"
  std::string family;       // "teacher", "student", "ours" or "reference"
  std::string input;        // "9x16", "9x384"
  std::optional<int> bits;  // per weight and activation; none: floating point, ternary or learned
  std::string precision;    // "4", "float", "ternary", ...: what to call it on an axis
  std::optional<int> seed;  // of its training
  int train_events = 0;     // it learned from; 0: all
  bool distilled = false;
  std::string teacher;             // "float", "quantized" or "none": which teacher it was distilled from
  const Json* metrics = nullptr;   // an entry of docs/metrics.md; nullptr: not measured
  const Json* hardware = nullptr;  // like synth.json, may be "estimated"; nullptr: not known
  std::string where;
};

/// Every network of every run's networks.json. Error when an entry is not as documented.
std::vector<StudyNetwork> study_networks(const std::vector<Run>& runs);

/// Of StudyNetwork::precision: "4 bit", "float", "ternary".
std::string precision_text(const std::string& precision);

/// "distilled, float teacher", "not distilled": what is compared at equal bits.
std::string recipe(const StudyNetwork& network);

/// A mean over networks that differ in their seed only, with its standard error: from their spread, or, for a single
/// one, half the width of its interval (0 without one).
struct SeedMean {
  double mean = 0;
  double error = 0;
};

/// Mean of metrics[key] over the students with this recipe and precision; nothing without any.
std::optional<SeedMean> mean_over_seeds(const std::vector<StudyNetwork>& networks, const std::string& recipe,
                                        const std::string& precision, const std::string& key);

/// Of every run the students that learned from as many events as most of them did: those that can be compared. When two
/// trainings have as many students, the one on more events.
std::vector<StudyNetwork> comparable_students(const std::vector<StudyNetwork>& networks);

}  // namespace lutra
