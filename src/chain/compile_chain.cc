#include "chain/compile_chain.h"

#include <algorithm>

#include "base/error.h"
#include "compile/cleanup.h"
#include "compile/schedule.h"
#include "model/evaluate.h"

namespace lutra {
namespace {

constexpr double crossing_ns = 25;  // between bunch crossings

/// Clocks between the images that the search takes.
int search_interval(const ChainRequest& request) {
  if (request.interval) return *request.interval;
  if (request.compile.interval > 1) return request.compile.interval;
  return std::max(static_cast<int>(crossing_ns / request.compile.clock_ns), 1);
}

/// The search that makes a network's fragments. Error when it reads something else.
WindowSearchShape search_shape(const ChainRequest& request, const Network& network) {
  const FragmentConfig& f = request.fragment;
  check(f, request.image);
  const WindowSearchShape shape{request.image.layers, request.image.strips,    f.window, f.stride, f.pool_rows,
                                f.pool_cols,          search_interval(request)};
  const Format cell{shape.cell_bits(), shape.cell_bits() - 1, false};
  if (network.input.size() != shape.cells() || network.input_format != cell)
    throw Error("this network does not read fragments of the study", "their shapes or formats differ",
                "Give the study it was trained with: --study");
  return shape;
}

WindowSearchPrograms schedule_search(const WindowSearchShape& shape, double clock_ns) {
  WindowSearchPrograms search{remove_dead(chunk_program(shape)), remove_dead(cell_program(shape)), {}, {}};
  search.chunk_schedule = make_schedule(search.chunks, clock_ns);
  search.cell_schedule = make_schedule(search.cells, clock_ns);
  return search;
}

/// Of both programs; the registers between them are not counted.
Cost search_cost(const WindowSearchPrograms& search) {
  return joined_costs(estimate_cost(search.chunks, search.chunk_schedule, {}),
                      estimate_cost(search.cells, search.cell_schedule, {}));
}

}  // namespace

CompiledChain compile_chain(const Network& network, const ChainRequest& request, const Progress& progress) {
  const WindowSearchShape shape = search_shape(request, network);
  CompileOptions options = request.compile;
  options.interval = request.interval.value_or(options.interval);
  if (options.input_max < 0) options.input_max = shape.pool_rows * shape.pool_cols;
  CompileResult compiled = compile(network, options, progress);
  WindowSearchPrograms search = schedule_search(shape, options.clock_ns);
  Cost cost = search_cost(search);
  TriggerRule rule = make_trigger_rule(network.targets, Evaluator(network).output_formats(),
                                       {0, shape.cols - shape.window}, request.threshold_gev);
  return {options, std::move(compiled), {shape, std::move(search), std::move(cost), rule}};
}

}  // namespace lutra
