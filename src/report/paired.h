#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/study.h"

namespace lutra {

/// A mean with its standard error; of one value the error is that of the value.
struct PairedMean {
  int pairs = 0;
  double mean = 0;
  double error = 0;
};

/// Two recipes of students (recipe()) compared like with like.
struct Pairing {
  std::string first, second;
};

/// first - second of metrics[key], student by student: equal in run, training events, precision and seed. Nothing
/// without a pair.
std::optional<PairedMean> paired_difference(const std::vector<StudyNetwork>& students, const Pairing& pairing,
                                            const std::string& key);

/// The same of ln(first / second); pairs with a zero are left out. exp() of the mean is the geometric mean of the
/// ratios.
std::optional<PairedMean> paired_log_ratio(const std::vector<StudyNetwork>& students, const Pairing& pairing,
                                           const std::string& key);

}  // namespace lutra
