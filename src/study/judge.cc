#include "study/judge.h"

#include "base/temporary.h"
#include "study/predict.h"
#include "study/stages.h"
#include "synth/synthesise.h"

namespace lutra {

Judged judge(const Network& network, const Dataset& test, const MetricsConfig& metrics, const CompileOptions& options,
             const Context& context) {
  Judged judged;
  judged.metrics = evaluate_metrics(network_predictions(network, test, context), metrics);
  const CompileResult compiled = compile(network, options, context.progress());
  judged.lut_estimate = compiled.cost.lut;
  judged.ff_estimate = compiled.cost.flip_flops;
  judged.latency_cycles = compiled.schedule.stages;
  judged.latency_ns = compiled.schedule.stages * options.clock_ns;
  return judged;
}

CellCounts synthesise_network(const std::filesystem::path& network, const CompileOptions& options,
                              const Context& context) {
  const TemporaryFolder work;
  make_rtl(options, network, work / "rtl", context);
  return synthesise(read_design(work / "rtl").design, work / "rtl", {}, context.progress()).cells;
}

Json judged_to_json(const Judged& judged) {
  const Metrics& m = judged.metrics;
  Json json = {{"cost", judged.cells ? static_cast<double>(judged.cells->lut()) : judged.lut_estimate},
               {"lut_estimate", judged.lut_estimate},
               {"lut", judged.cells ? Json(judged.cells->lut()) : Json()},
               {"latency_cycles", judged.latency_cycles},
               {"latency_ns", judged.latency_ns},
               {"test_events", m.events}};
  const auto add = [&](const char* name, const Estimate& estimate) {
    json[name] = number_or_null(estimate.value);
    json[std::string(name) + "_interval"] = interval_to_json(estimate);
  };
  add("plateau", m.plateau);
  add("fake_rate", m.fake_rate);
  add("leakage_below_7gev", m.leakage);
  add("pt_resolution", m.pt_resolution);
  return json;
}

}  // namespace lutra
