#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lutra {

/// What a trainer minimises: a weighted sum of terms, each a mean over events, of one flat parameter vector. Const and
/// free of hidden state, so that shards of a batch can be worked on in any order on any thread.
class Objective {
 public:
  virtual ~Objective() = default;

  /// Names of the loss terms, for the history.
  virtual std::vector<std::string> terms() const = 0;

  /// Weight of each term in the loss when `share` (0..1) of the run is done.
  virtual std::vector<double> weights(double share) const = 0;

  /// Events to train on and to validate on; their numbers mean something to the objective only.
  virtual std::span<const std::uint32_t> training_events() const = 0;
  virtual std::span<const std::uint32_t> validation_events() const = 0;

  /// How many consecutive event numbers are near each other in storage: an epoch visits such a neighbourhood after the
  /// other and shuffles the events inside it. 0: all events are near.
  virtual std::uint32_t neighbourhood() const { return 0; }

  /// Adds d/d parameters of sum_term scale x weights[term] x (sum over events of the term) to `gradient` and returns
  /// the unweighted sums over the events, one per term.
  virtual std::vector<double> add_gradient(std::span<const float> parameters, std::span<const std::uint32_t> events,
                                           std::span<const double> weights, double scale,
                                           std::span<float> gradient) const = 0;

  /// Sum over events of the loss against truth: what models are compared by.
  virtual double validation_sum(std::span<const float> parameters, std::span<const std::uint32_t> events) const = 0;

  /// Pulls parameters back into their allowed region after a step.
  virtual void project(std::span<float> parameters) const = 0;

  /// Why the model can learn no more (a layer that is silent on every event, say), empty when it is well.
  virtual std::string find_death(std::span<const float> parameters) const = 0;
};

}  // namespace lutra
