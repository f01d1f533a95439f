#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "train/compute.h"
#include "train/history.h"
#include "train/objective.h"
#include "train/train_config.h"

namespace lutra {

/// One run of the trainer and where it keeps its state.
struct TrainRun {
  std::string stage;                 // name in history and progress: "teacher", "quantized", ...
  int attempt = 0;                   // restarts before it
  std::vector<float> initial;        // parameters to start from
  std::vector<float> rate_scale;     // factor on the learning rate of each parameter; empty: 1
  std::filesystem::path checkpoint;  // file; empty: none
  std::string fingerprint;           // of data and model; the checkpoint of another one is not used
  Compute compute;
  Progress progress = no_progress;
  /// Called after every epoch with the parameters it ended with.
  std::function<void(const EpochRecord&, const std::vector<float>& parameters)> on_epoch;
};

struct TrainResult {
  std::vector<float> parameters;  // with the best validation loss
  std::vector<float> last;        // after the last step
  double validation_loss = 0;     // of `parameters`
  std::string death;              // why the model died (Objective::find_death); empty when it lives
  History history;
};

/// Minimises an objective. The same bytes for any number of threads and processes: a batch is cut into config.shards
/// whose gradients are summed in order. A run that was stopped goes on from its checkpoint to bit-identical results.
///
/// Errors: a loss or gradient that is not finite or has diverged, naming the step; a loss term with a weight whose
/// gradient is zero, naming the term.
TrainResult train(const Objective& objective, const TrainConfig& config, const TrainRun& run);

/// Mean over events of Objective::validation_sum, the same for any number of threads and processes.
double validate(const Objective& objective, std::span<const float> parameters, const Compute& compute);

}  // namespace lutra
