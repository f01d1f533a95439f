#pragma once
#include <filesystem>
#include <string>

#include "base/json.h"
#include "base/progress.h"
#include "rtl/design.h"
#include "synth/cells.h"
#include "synth/yosys_script.h"

namespace lutra {

struct SynthOptions {
  std::string device = "xcvu13p";  // synth/device.h
  SynthFlow flow = SynthFlow::frozen_adders;
  double timeout_s = 3600;
  std::filesystem::path work = {};  // keeps script, log and netlist.v; empty: nothing is kept
};

/// A design mapped to an UltraScale+ device by Yosys. Synthesis only: nothing is placed or routed.
struct SynthResult {
  CellCounts cells;
  std::string device;
  SynthFlow flow = SynthFlow::frozen_adders;
  std::string tool;  // Yosys and its version
  int latency_cycles = 0;
  int interval_cycles = 1;
  double clock_ns = 0;
  double seconds = 0;
  double latency_ns() const { return latency_cycles * clock_ns; }
};

/// Synthesises the RTL of `folder` as described by `design`. Error when Yosys is missing, refuses the design (with its
/// message), takes longer than the timeout, or leaves cells that are not of the device.
SynthResult synthesise(const Design& design, const std::filesystem::path& folder, const SynthOptions& options,
                       const Progress& progress);

/// The body of synth.json: docs/synthesis.md.
Json synth_to_json(const SynthResult& result);

}  // namespace lutra
