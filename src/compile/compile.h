#pragma once
#include "base/config.h"
#include "base/progress.h"
#include "compile/cost.h"
#include "ir/program.h"
#include "ir/schedule.h"
#include "model/network.h"

namespace lutra {

struct CompileOptions {
  /// "portable" RTL adds two numbers at a time; "ultrascale" instantiates three-input adders (LUT6_2 and CARRY8).
  std::string flavour = "ultrascale";
  double clock_ns = 2;
  int interval = 1;             // clocks between events
  bool share_sums = true;       // name common sums
  bool unshare_sums = true;     // unshare_sums()
  bool exact_ranges = true;     // of sums
  bool row_constants = true;    // spread_constant()
  bool wide_ors = true;         // widen_ors()
  bool collapse = true;         // collapse()
  bool pair_tables = true;      // pair_tables(), in the ultrascale flavour
  int extra_levels = 1;         // adder levels a layer may take beyond the fewest, to share more sums
  std::int64_t input_max = -1;  // largest integer an input really has (2 for a fragment of pool 2); -1: of the format
};

void describe(Fields& f, CompileOptions& c);

struct CompileResult {
  Program arithmetic;  // of adders, quantizers and the network's own tables: what prove_program() can follow
  Program program;     // the same function for the fabric: wide ORs, collapsed and paired tables
  Schedule schedule;
  bool three_inputs = false;  // the flavour's adders, for write_rtl()
  Cost cost;                  // estimate_cost()
  std::string network_hash;   // of the network's canonical JSON
};

/// A network as a scheduled program of adders for one event every options.interval clocks; 1: fully parallel. Depends
/// on nothing but its arguments. Error as check() for a bad network.
CompileResult compile(const Network& network, const CompileOptions& options, const Progress& progress = no_progress);

}  // namespace lutra
