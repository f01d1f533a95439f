#include "compile/compile.h"

#include "base/hash.h"
#include "compile/cleanup.h"
#include "compile/cost.h"
#include "compile/hardware_sharing.h"
#include "compile/schedule.h"

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
}

namespace {

std::optional<Interval> input_range(const Network& network, const CompileOptions& options) {
  const Interval whole = interval_of(network.input_format);
  if (options.input_max < 0 || options.input_max >= whole.hi) return {};
  return Interval{whole.lo, options.input_max};
}

}  // namespace

CompileResult compile(const Network& network, const CompileOptions& options, const Progress& progress) {
  CompileResult result;
  result.network_hash = hex(hash_bytes(network_to_json(network).dump()));
  result.three_inputs = options.flavour == "ultrascale";
  LoweringOptions lowering{
      {options.extra_levels}, {result.three_inputs}, input_range(network, options), options.interval, {}};
  lowering = share_hardware(network, std::move(lowering), progress);
  result.program = remove_dead(lower(network, lowering, progress));
  DelayModel delays;
  delays.three_inputs = result.three_inputs;
  result.schedule = make_schedule(result.program, options.clock_ns, delays);
  result.cost = estimate_cost(result.program, result.schedule, delays);
  return result;
}

}  // namespace lutra
