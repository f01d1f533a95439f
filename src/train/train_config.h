#pragma once
#include <cstdint>
#include <string>

#include "base/config.h"

namespace lutra {

/// How parameters are fitted, for any model: Adam over shuffled batches.
struct TrainConfig {
  int epochs = 10;
  int batch_events = 512;
  int train_events = 0;           // 0: all of the split
  int validation_events = 20000;  // 0: all of the split
  double learning_rate = 2e-3;
  std::string schedule = "one_cycle";
  double warmup_share = 0.2;
  double final_share = 0.01;
  double weight_decay = 0;
  double clip_norm = 1;
  int patience_epochs = 0;
  int checkpoint_steps = 500;
  double divergence_factor = 100;
  double min_containment = 0.3;
  double position_weight = 0.25;
  int shards = 4;  // parts of a batch whose gradients are summed in order
  std::int64_t seed = 1;
};

void describe(Fields& fields, TrainConfig& config);

}  // namespace lutra
