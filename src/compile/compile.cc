#include "compile/compile.h"

#include "base/hash.h"
#include "compile/cleanup.h"
#include "compile/cost.h"
#include "compile/schedule.h"

namespace lutra {

void describe(Fields& f, CompileOptions& c) {
  f.number("clock_ns", c.clock_ns, {0.5, 1000}, "clock period the pipeline registers are placed for [ns]");
  f.integer("extra_levels", c.extra_levels, {0, 8},
            "adder levels a layer may take beyond the fewest to share more sums");
}

CompileResult compile(const Network& network, const CompileOptions& options, const Progress& progress) {
  CompileResult result;
  result.network_hash = hex(hash_bytes(network_to_json(network).dump()));
  result.program = remove_dead(lower(network, {{options.extra_levels}, options.input_range}, progress));
  result.schedule = make_schedule(result.program, options.clock_ns);
  result.cost = estimate_cost(result.program, result.schedule);
  return result;
}

}  // namespace lutra
