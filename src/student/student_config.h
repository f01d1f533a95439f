#pragma once
#include <string>
#include <vector>

#include "fixed/format.h"
#include "student/working_point_config.h"
#include "train/task.h"
#include "train/train_config.h"

namespace lutra {

/// One layer of a student. A table layer holds truth tables of small cells (student_table.h).
/// A dense layer after a map
/// flattens it. ReLU follows every conv and dense but the last.
struct LayerConfig {
  std::string op = "conv";
  int channels = 1;  // 0 in the last layer: one per target
  int kernel_rows = 3, kernel_cols = 3;
  int stride_rows = 1, stride_cols = 1;
  int pad_rows = 0, pad_cols = 0;
  int groups = 1;
  std::vector<std::int64_t> row_groups = {3, 2, 2, 2};  // table
};

/// A linear 1x1 adapter from the values before the ReLU of a student layer to those of a teacher layer.
struct HintConfig {
  int student_layer = 3;  // index into StudentConfig::layer
  std::string teacher_layer = "conv5";
  double weight = 0.01;
};

/// What guides the student besides the truth.
struct DistillConfig {
  bool enabled = true;
  double truth_share = 0.5;  // loss = share x MSE(truth) + (1 - share) x MSE(teacher) + hints
  std::vector<HintConfig> hint = {HintConfig{}};
};

/// How bits are learned under the pressure of their cost.
struct LearnConfig {
  std::string cost = "ebops";  // unit of the hardware cost
  std::string granularity = "weight";
  double start_weight_bits = 6;  // fractional
  double start_activation_bits = 5;
  double first_pressure = 1e-8;  // loss per unit of cost
  double last_pressure = 3e-5;
  double final_share = 0.3;     // last learning rate under pressure, as a share of the highest
  double bit_rate = 3;          // learning rate of the bits, as a multiple
  int points = 8;               // networks on the front
  double dearest_ebops = 8000;  // of them
  int polish_epochs = 10;       // with the bits frozen
  WorkingPoint working_point;
  double max_ebops = 700;  // of the network that becomes network.json
};

struct StudentConfig {
  std::string name = "student";
  std::string precision = "fixed";
  int bits = 4;          // of weights and activations
  int output_bits = 12;  // of the outputs and of the last layer's weights
  std::string rounding = "half_even";
  std::vector<LayerConfig> layer;
  TaskConfig task;
  DistillConfig distill;
  LearnConfig learn;
  int restarts = 10;            // new initialisations before a dead student is an error
  double slope_outside = 0.05;  // gradient that passes an activation outside its range
  int float_epochs = 5;         // unquantized epochs before
  TrainConfig train;

  StudentConfig();  // the domain's student
};

/// What learned precision starts from: truth tables of the stations' cells, one layer of roads, pT with an accept
/// decision at 10 GeV (docs/training.md).
StudentConfig learned_student();

void describe(Fields& fields, StudentConfig& config);

/// The domain's teacher with quantizers: its layers, 5 bits, trained on the truth.
StudentConfig quantized_teacher_config();

}  // namespace lutra
