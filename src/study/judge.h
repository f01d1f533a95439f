#pragma once
#include <filesystem>
#include <optional>

#include "compile/compile.h"
#include "event/dataset.h"
#include "model/network.h"
#include "physics/metrics.h"
#include "study/context.h"
#include "synth/cells.h"

namespace lutra {

/// What a network is worth: physics on test events and what it takes in hardware.
struct Judged {
  Metrics metrics;
  double lut_estimate = 0;  // the compiler's, before synthesis
  double ff_estimate = 0;
  int latency_cycles = 0;
  double latency_ns = 0;
  std::optional<CellCounts> cells;  // by Yosys, when it was asked
};

/// Evaluates the integer network on all events of `test` and compiles it. Errors as evaluation and compile().
Judged judge(const Network& network, const Dataset& test, const MetricsConfig& metrics, const CompileOptions& options,
             const Context& context);

/// Compiles the network into a folder of its own and maps it with Yosys. Error when Yosys is missing.
CellCounts synthesise_network(const std::filesystem::path& network, const CompileOptions& options,
                              const Context& context);

/// One point of pareto.json (docs/report.md) without its name.
Json judged_to_json(const Judged& judged);

}  // namespace lutra
