#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/json.h"
#include "base/progress.h"
#include "ir/program.h"
#include "rtl/design.h"

namespace lutra {

enum class Verdict {
  equal,      // proved: no sequence of inputs tells them apart
  different,  // there is a sequence of inputs that does
  open,       // neither was shown in the time given
};
std::string to_string(Verdict verdict);

/// Size of a circuit as an and-inverter graph.
struct AigSize {
  std::int64_t ands = 0;
  std::int64_t registers = 0;
};

struct ProofResult {
  Verdict verdict = Verdict::open;
  AigSize rtl;
  AigSize netlist;
  double seconds = 0;
};

struct ProofOptions {
  double timeout_s = 1800;          // for ABC; past it the verdict is `open`
  std::filesystem::path work = {};  // keeps the graphs; empty: nothing is kept
};

/// Proves that a netlist mapped by synthesise() (netlist.v) does what the RTL does, for every sequence of inputs,
/// registers included: both become and-inverter graphs (Yosys) and ABC's `dsec` decides. Both start with all registers
/// 0; as the reset only clears the valid pipeline, and the rest is overwritten by the events, this is no loss for
/// outputs that are valid. The netlist's cells have the functions of cell_models. Error when a tool is missing or a
/// file cannot be read.
ProofResult prove_netlist(const Design& design, const std::filesystem::path& folder,
                          const std::filesystem::path& netlist, const ProofOptions& options, const Progress& progress);

/// Proves that two programs of the same inputs have the same outputs for every event in the inputs' ranges. Both become
/// logic without time (ir/unroll_clocks.h), portable RTL and then graphs as above; `rtl` is the first, `netlist` the
/// second.
ProofResult prove_same(const Program& first, const Program& second, const ProofOptions& options,
                       const Progress& progress);

Json proof_to_json(const ProofResult& result);

}  // namespace lutra
