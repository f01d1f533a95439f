#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "event/dataset.h"
#include "train/classes.h"
#include "train/task.h"
#include "train/train_config.h"

namespace lutra {

/// A data set made ready for training: scaled truth with a weight for each value.
///
/// Truth is clipped to [-0.5, 1.5]: a muon far outside its fragment's window, say, cannot be pointed at. The position
/// (a target with a step) and the charge of a muon-less event mean nothing and get weight 0. Muons that the fragment
/// does not hold (column "containment") are left out.
struct Samples {
  const Dataset* data = nullptr;
  std::size_t targets = 0;                     // predicted ones
  std::vector<std::size_t> columns;            // of data->targets that are predicted
  std::vector<float> truth;                    // [events][targets], scaled
  std::vector<float> weight;                   // [events][targets], the event's weight in it
  std::vector<float> event_weight;             // [events], mean 1 over the training events
  double value_weight = 1, accept_weight = 0;  // of squared error and decisions
  double classify_weight = 0;                  // of classes
  Decision decision;
  ClassScores classes;
  std::vector<std::uint32_t> train;
  std::vector<std::uint32_t> validation;

  std::span<const float> truth_of(std::uint32_t event) const {
    return std::span(truth).subspan(event * targets, targets);
  }
  std::span<const float> weight_of(std::uint32_t event) const {
    return std::span(weight).subspan(event * targets, targets);
  }
};

/// Events of a split whose muon, if there is one, left at least this share of its hits in the fragment; at most `limit`
/// of them (0: all), in order. Error when there is none, with the split's `name`.
std::vector<std::uint32_t> events_of(const Dataset& data, Split split, const char* name, int limit,
                                     double min_containment);

/// A target's scaled value, clipped to the range above.
float scaled_truth(const Target& target, double physical, double window_start);

/// Error when the data set has no targets, no training or no validation events, or truth that is not finite.
/// config.train_events and config.validation_events cap the events. The data set must outlive the samples.
/// Errors of make_decision and predicted_targets; and when classes are asked for and truth is not one-hot.
Samples make_samples(const Dataset& data, const TrainConfig& config, const TaskConfig& task = {});

/// Loss of one event against its truth: value_weight x (mean over the outputs of the weighted squared error) +
/// accept_weight x (its decisions' loss) + classify_weight x (its class's loss).
double event_loss(const Samples& samples, std::uint32_t event, const float* out);

/// Mean event_loss of the best constant prediction on the validation events: what a model must beat.
double constant_loss(const Samples& samples);

/// Hash of inputs, truth and splits, for checkpoints to recognise their data.
std::string fingerprint(const Dataset& data);

}  // namespace lutra
