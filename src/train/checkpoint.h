#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/artifacts.h"
#include "base/progress.h"
#include "train/adam.h"
#include "train/history.h"

namespace lutra {

/// Everything a trainer needs to go on as if it had never stopped.
struct TrainState {
  std::vector<float> parameters;
  Adam adam{0};
  std::vector<float> best;  // parameters with the best validation loss
  double best_loss = 0;     // meaningful once an epoch is done
  double first_loss = 0;    // of the first batch: scale for divergence
  std::int64_t step_in_epoch = 0;
  int best_epoch = 0;
  std::vector<double> term_sums;  // over the batches of the epoch so far
  double loss_sum = 0;            // likewise, weighted
  History history;
  bool finished = false;
};

inline constexpr ArtifactKind checkpoint_kind = artifact_kind("checkpoint");

/// Atomic. `fingerprint` names the configuration, data and model that the state belongs to.
void write_checkpoint(const std::filesystem::path& path, const TrainState& state, const std::string& fingerprint);

/// The state, or nothing when there is no file or it belongs to something else (it is then of no use and will be
/// replaced). Error when it is damaged or cannot be read.
std::optional<TrainState> read_checkpoint(const std::filesystem::path& path, const std::string& fingerprint);

/// Renames what cannot be read, and says so: a training is not to be blocked by it. `why` is what reading it said.
void set_aside(const std::filesystem::path& path, const std::string& why, const Progress& progress);

}  // namespace lutra
