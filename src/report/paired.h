#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/study.h"

namespace lutra {

/// A mean with its standard error. Students of one seed begin with the same weights and differ alike at every
/// precision: the error counts seeds, not students (variance of the sums over each seed's pairs, times seeds / (seeds -
/// 1)). With one seed the spread of its pairs has to do; of one pair the error is that of the test events.
struct PairedMean {
  int pairs = 0;
  int seeds = 0;
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
