#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/config.h"
#include "event/dataset.h"

namespace lutra {

/// What is asked of a network's outputs, beyond being near the truth.
struct TaskConfig {
  std::string outputs = "all";    // or the name of one target
  double value_weight = 1;        // squared scaled error
  double accept_weight = 0;       // decisions on the first output
  std::vector<double> accept_at;  // thresholds, physical units
  double accept_width = 1.5;      // of the logistic function, physical units
  double label_width = 1.5;       // of the labels; 0: yes or no
  double empty_weight = 1;        // of events without muon
  double low_weight = 1;          // of muons below every threshold
  double spectrum_power = 0;      // weights fall as pT^-power
  double classify_weight = 0;     // relative entropy of the classes that the outputs are scores of
  double class_slope = 8;         // of the softmax
};

void describe(Fields& f, TaskConfig& c);

/// Accept decisions on the first output as a loss: for every threshold t, the cross entropy between the label that the
/// reference (truth or teacher) gives, sigmoid((reference - t) / label width), and sigmoid((out - t) / width), less the
/// label's own entropy. With equal widths it is least (0) at out = reference, so decision and value pull together; hard
/// labels push outputs away from the threshold. All in scaled units.
struct Decision {
  std::vector<float> thresholds;
  float slope = 1;        // 1 / width
  float label_slope = 1;  // 1 / label width; infinite for yes or no

  /// Loss of one event, never negative.
  double loss(float out, float reference) const;
  /// d loss / d out.
  float gradient(float out, float reference) const;

 private:
  float label(float reference, float threshold) const;
};

/// Columns of data.targets that the network predicts. Error when config.outputs names none.
std::vector<std::size_t> predicted_targets(const TaskConfig& config, const Dataset& data);

/// Error when a threshold is outside the first target's range.
Decision make_decision(const TaskConfig& config, const Target& target);

}  // namespace lutra
