#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "compile/delay.h"
#include "ir/schedule.h"

namespace lutra {

/// Look-up tables of every value as Yosys maps it (frozen adders): exact for adders, estimated for the rest; [values].
/// `three_inputs`: three-input adders are there (sum_plan.h).
std::vector<double> lut_counts(const Program& program, bool three_inputs);
double total_luts(const Program& program, bool three_inputs);

/// What a layer of the network takes.
struct LayerCost {
  std::string name;
  double lut = 0;  // whole
  int flip_flops = 0;
  int adders = 0;
  int adder_levels = 0;  // most adders in series within the layer
  int values = 0;
  int first_stage = 0, last_stage = 0;
  friend bool operator==(const LayerCost&, const LayerCost&) = default;
};

/// What a pipeline stage takes.
struct StageCost {
  double delay_ns = 0;
  int adder_levels = 0;
  int flip_flops = 0;               // with the valid bit
  std::vector<std::string> layers;  // that compute there
  friend bool operator==(const StageCost&, const StageCost&) = default;
};

/// The slowest way through any stage.
struct CriticalPath {
  /// A value on it; the RTL calls it `op`_`value`.
  struct Step {
    int value = 0;
    std::string op;
    std::string layer;  // empty: none
    int bits = 0;
    int adder_levels = 0;
    double delay_ns = 0;
    friend bool operator==(const Step&, const Step&) = default;
  };
  int stage = 0;
  double overhead_ns = 0;  // of the registers
  std::vector<Step> steps;
  friend bool operator==(const CriticalPath&, const CriticalPath&) = default;
};

/// What a circuit takes. Every number is an estimate made before synthesis. The inputs' registers and the valid bits
/// are in `flip_flops` and in the stages, but in no layer. Stages count from 0.
struct Cost {
  double lut = 0;  // whole
  int flip_flops = 0;
  int adder_levels = 0;  // most adders in series from input to output
  std::vector<LayerCost> layers;
  std::vector<StageCost> stages;
  double critical_ns = 0;
  CriticalPath critical_path;
  friend bool operator==(const Cost&, const Cost&) = default;
};

Cost estimate_cost(const Program& program, const Schedule& schedule, const DelayModel& model);

/// Of two circuits of which one feeds the other: sums, their layers and stages in order (every one numbers its stages
/// from 0), the slower critical path.
Cost joined_costs(const Cost& first, const Cost& second);

/// "cost" of design.json (docs/compiler.md).
Json cost_to_json(const Cost& cost);

}  // namespace lutra
