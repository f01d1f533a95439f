#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/run.h"

namespace lutra {

/// What the compiler says about a layer (design.json's `cost`, src/compile/cost.h).
struct CompiledLayer {
  std::string name;
  double lut = 0;
  std::optional<double> flip_flops, adder_levels;  // files of older programs lack them
  int first_stage = 0, last_stage = 0;             // from 1
  int clocks() const { return last_stage - first_stage + 1; }
};

struct CompiledStage {
  double delay_ns = 0;
  std::optional<double> flip_flops, adder_levels;
  std::string layers;  // "conv3, conv4"; "" when not known
};

/// A value on the critical path.
struct PathStep {
  std::string value;  // "sum_4145", its name in the RTL
  std::string layer;
  int bits = 0;
  int adder_levels = 0;
  double delay_ns = 0;
};

struct CompiledDesign {
  std::string name;                // for people
  const Json* body = nullptr;      // of design.json
  const Json* measured = nullptr;  // of synth.json; nullptr when it was not synthesised
  std::string where, measured_where;
  bool chain = false;  // a whole trigger: its parts number their stages separately
  double clock_ns = 0;
  double critical_ns = 0;
  std::vector<CompiledLayer> layers;
  std::vector<CompiledStage> stages;
  int critical_stage = 0;  // from 1; 0 when the file does not tell the path
  double overhead_ns = 0;
  std::vector<PathStep> path;

  const Json& cost() const { return body->at("cost"); }
};

/// The student's firmware, that of the chosen network, and the whole trigger, as far as the run has them. Error when a
/// design.json is not as documented.
std::vector<CompiledDesign> compiled_designs(const Run& run);

}  // namespace lutra
