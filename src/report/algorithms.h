#pragma once
#include <string>
#include <vector>

#include "report/label.h"
#include "report/run.h"

namespace lutra {

/// One entry of a metrics.json or references.json: what an algorithm reached in a run.
struct Algorithm {
  std::string label;  // "Student", or "demo: Student" when several runs are compared
  std::string key;    // "student"
  std::string file;   // "metrics.json" or "references.json"
  std::string where;  // for messages
  const Run* run;
  const Json* metrics;
};

/// Every algorithm of every run, in the order of the files. Error when an entry is not an object.
std::vector<Algorithm> algorithms(const std::vector<Run>& runs);

/// " of 170,699 muons inside the acceptance (209,594 test events)", or less where it is not known or not the same.
std::string counts_text(const std::vector<Algorithm>& algorithms);

/// `text`, with the run's name before it when there are several runs.
std::string in_run(const std::vector<Run>& runs, const Run& run, const std::string& text);

}  // namespace lutra
