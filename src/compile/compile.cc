#include "compile/compile.h"

#include "base/hash.h"
#include "compile/cleanup.h"
#include "compile/collapse.h"
#include "compile/cost.h"
#include "compile/hardware_sharing.h"
#include "compile/pair_tables.h"
#include "compile/schedule.h"
#include "compile/wide_or.h"

namespace lutra {

void describe(Fields& f, CompileOptions& c) {
  f.choice("flavour", c.flavour, {"portable", "ultrascale"},
           "ultrascale instantiates three-input adders where they save");
  f.number("clock_ns", c.clock_ns, {0.5, 1000}, "clock period the pipeline registers are placed for [ns]");
  f.integer("interval", c.interval, {1, 4096}, "clocks between events; above 1 hardware is shared between positions");
  f.integer("input_max", c.input_max, {-1, 1e9},
            "largest input integer, the firmware need not work beyond; -1: the format's");
  f.integer("extra_levels", c.extra_levels, {0, 8},
            "adder levels a layer may take beyond the fewest to share more sums");
  f.flag("share_sums", c.share_sums, "compute common sums of a layer once");
  f.flag("unshare_sums", c.unshare_sums, "common sums only where they pay beside adders of three operands");
  f.flag("exact_ranges", c.exact_ranges, "widths of sums from their linear forms, not from their operands");
  f.flag("row_constants", c.row_constants, "constants of rows in gaps of earlier adders");
  f.flag("wide_ors", c.wide_ors, "ORs of many bits as tables and carry chains");
  f.flag("collapse", c.collapse, "logic of at most six bits as one table per bit");
  f.flag("pair_tables", c.pair_tables, "ultrascale: two small tables in one LUT6_2");
}

namespace {

/// Adders are planned without knowing which of them become tables. Below this, rows just added up are tried too: they
/// may be cheaper where sums have few bits.
constexpr double few_luts = 5000;

std::optional<Interval> input_range(const Network& network, const CompileOptions& options) {
  const Interval whole = interval_of(network.input_format);
  if (options.input_max < 0 || options.input_max >= whole.hi) return {};
  return Interval{whole.lo, options.input_max};
}

Program optimised(Program program, const CompileOptions& options, const DelayModel& delays) {
  if (options.wide_ors) program = widen_ors(program);
  if (options.collapse) program = collapse(program, delays);
  if (options.pair_tables && delays.three_inputs) program = pair_tables(program);
  return program;
}

}  // namespace

CompileResult compile(const Network& network, const CompileOptions& options, const Progress& progress) {
  CompileResult result;
  result.network_hash = hex(hash_bytes(json_text(network_to_json(network))));
  result.three_inputs = options.flavour == "ultrascale";
  LoweringOptions lowering{{options.extra_levels, options.share_sums, options.unshare_sums},
                           {result.three_inputs, options.exact_ranges, options.row_constants},
                           input_range(network, options),
                           options.interval,
                           {}};
  lowering = share_hardware(network, std::move(lowering), progress);
  DelayModel delays;
  delays.three_inputs = result.three_inputs;
  result.arithmetic = remove_dead(lower(network, lowering, progress));
  result.program = optimised(result.arithmetic, options, delays);
  if (total_luts(result.program, delays.three_inputs) < few_luts) {
    lowering.sharing.enabled = lowering.adders.spread_constant = false;
    Program plain = remove_dead(lower(network, lowering, progress));
    Program program = optimised(plain, options, delays);
    if (total_luts(program, delays.three_inputs) < total_luts(result.program, delays.three_inputs)) {
      result.arithmetic = std::move(plain);
      result.program = std::move(program);
    }
  }
  result.schedule = make_schedule(result.program, options.clock_ns, delays);
  result.cost = estimate_cost(result.program, result.schedule, delays);
  return result;
}

}  // namespace lutra
