#include <algorithm>

#include "base/error.h"
#include "base/temporary.h"
#include "chain/chain.h"
#include "compile/cleanup.h"
#include "compile/compile.h"
#include "compile/cost.h"
#include "compile/schedule.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "ir/text.h"
#include "model/evaluate.h"
#include "rtl/write_rtl.h"
#include "study/stages.h"
#include "synth/place_ice40.h"
#include "synth/prove.h"
#include "synth/synthesise.h"
#include "synth/vendor_project.h"
#include "synth/vendor_report.h"
#include "verify/prove_program.h"
#include "verify/verify.h"
#include "verify/verify_chain.h"
#include "verify/verify_software.h"

namespace lutra {
namespace {

constexpr ArtifactKind verify_kind{"verify", 1};
constexpr ArtifactKind synth_kind{"synth", 1};

constexpr const char* arithmetic_file = "arithmetic.ir";  // CompileResult::arithmetic

constexpr double crossing_ns = 25;  // between bunch crossings

WindowSearchPrograms schedule_search(const WindowSearchShape& shape, double clock_ns) {
  WindowSearchPrograms search{remove_dead(chunk_program(shape)), remove_dead(cell_program(shape)), {}, {}};
  search.chunk_schedule = make_schedule(search.chunks, clock_ns);
  search.cell_schedule = make_schedule(search.cells, clock_ns);
  return search;
}

/// Of both programs; the registers between them are not counted.
Json search_cost(const WindowSearchPrograms& search) {
  return joined_costs(estimate_cost(search.chunks, search.chunk_schedule, {}),
                      estimate_cost(search.cells, search.cell_schedule, {}));
}

Design write_network(const std::filesystem::path& out, const CompileResult& result, const CompileOptions& options,
                     const Json& config) {
  write_text_atomically(out / arithmetic_file, print_program(result.arithmetic));
  return write_rtl(
      out, {result.program, result.schedule, options.clock_ns, result.network_hash, result.cost, result.three_inputs},
      config);
}

Json summary_of(const Design& design, const std::filesystem::path& out) {
  return {{"top", design.top},
          {"latency_cycles", design.latency_cycles},
          {"latency_ns", design.latency_cycles * design.clock_ns},
          {"interval_cycles", design.interval_cycles},
          {"cost", design.cost},
          {"folder", out.string()}};
}

/// The search that makes a network's fragments. Error when it reads something else.
WindowSearchShape search_shape(const Study& study, const Network& network, int interval) {
  const ImageShape image = study.simulation.detector.shape();
  const FragmentConfig& f = study.fragment;
  check(f, image);
  const WindowSearchShape shape{image.layers, image.strips, f.window, f.stride, f.pool_rows, f.pool_cols, interval};
  const Format cell{shape.cell_bits(), shape.cell_bits() - 1, false};
  if (network.input.size() != shape.cells() || network.input_format != cell)
    throw Error("this network does not read fragments of the study", "their shapes or formats differ",
                "Give the study it was trained with: --study");
  return shape;
}

EventBatch read_events(const std::filesystem::path& path, std::size_t limit) {
  EventReader reader(path);
  return reader.next(limit == 0 ? reader.size() : limit);
}

}  // namespace

Json make_rtl(const CompileOptions& options, const std::filesystem::path& network, const std::filesystem::path& out,
              const Context& context) {
  const NetworkFile file = read_network(network);
  const CompileResult result = compile(file.network, options, context.progress());
  const Design design = write_network(out, result, options, {{"compile", echo(options)}, {"network", file.config}});
  write_vendor_projects(out, design, SynthOptions{}.device);
  return summary_of(design, out);
}

Json make_chain(const Study& study, std::optional<int> interval, const std::filesystem::path& network,
                const std::filesystem::path& out, const Context& context) {
  const NetworkFile file = read_network(network);
  CompileOptions options = study.compile;
  options.interval = interval.value_or(options.interval);
  const int crossing = std::max(static_cast<int>(crossing_ns / options.clock_ns), 1);
  const WindowSearchShape shape =
      search_shape(study, file.network, interval.value_or(options.interval > 1 ? options.interval : crossing));
  if (options.input_max < 0) options.input_max = shape.pool_rows * shape.pool_cols;
  const CompileResult result = compile(file.network, options, context.progress());
  const WindowSearchPrograms search = schedule_search(shape, options.clock_ns);
  const TriggerRule rule = make_trigger_rule(file.network.targets, Evaluator(file.network).output_formats(),
                                             {0, shape.cols - shape.window}, study.metrics.threshold_gev);
  const Json config{{"compile", echo(options)},
                    {"fragment", echo(study.fragment)},
                    {"threshold_gev", study.metrics.threshold_gev},
                    {"network", file.config}};
  const Design inner = write_network(out, result, options, config);
  const Design design = write_chain(out, {shape, search, search_cost(search), rule}, inner, result.program, config);
  write_vendor_projects(out, design, SynthOptions{}.device);
  return summary_of(design, out);
}

namespace {

constexpr std::uint64_t max_program_bytes = 128 << 20;

Program read_program(const std::filesystem::path& path) {
  return parse_program(read_text(path, max_program_bytes), path.string());
}

/// That the program of adders and quantizers computes the network, and that the program of tables, from which the RTL
/// is made, computes the same.
Json proof_of(const Network& network, const std::filesystem::path& rtl, const Context& context) {
  const Program arithmetic = read_program(rtl / arithmetic_file), program = read_program(rtl / "network.ir");
  Json proof = program_proof_to_json(prove_program(network, arithmetic));
  if (program == arithmetic || proof["verdict"] != "proved") return proof;
  const ProofResult same = prove_same(arithmetic, program, {}, context.progress());
  proof["tables"] = proof_to_json(same);
  if (same.verdict == Verdict::equal) return proof;
  proof["verdict"] = "open";
  proof["difference"] = "network.ir against arithmetic.ir: " + to_string(same.verdict);
  return proof;
}

}  // namespace

Json make_verification(const VerifyConfig& config, const VerificationInputs& inputs, const std::filesystem::path& out,
                       const Context& context) {
  const Network network = read_network(inputs.network).network;
  const Design design = read_design(inputs.rtl).design;
  VerifyOptions options;
  options.seed = static_cast<std::uint64_t>(config.seed);
  options.random_events = static_cast<std::size_t>(config.random_events);
  options.threads = context.threads();
  const auto write = [&](const VerifyResult& result, std::span<const std::int16_t> events = {}) {
    Json body = verify_to_json(result);
    if (inputs.software)
      body["software"] = software_to_json(verify_software(network, read_program(inputs.rtl / "network.ir"), design,
                                                          inputs.rtl, events, options, context.progress()));
    if (inputs.prove) body["proof"] = proof_of(network, inputs.rtl, context);
    write_json_artifact(out, verify_kind, {{"verify", echo(config)}, {"network_hash", design.network_hash}}, body);
    return body;
  };
  if (!design.chain.is_null() && inputs.software)
    throw Error("a whole trigger has no model in software", "model.h is that of a network",
                "Verify the network alone with --software: lutra compile without --chain");
  if (!design.chain.is_null())
    return write(verify_chain(network, design, inputs.rtl,
                              read_events(inputs.data, static_cast<std::size_t>(config.events)), options,
                              context.progress()));
  Dataset data = read_dataset(inputs.data).data;
  if (network.input.size() != static_cast<int>(data.input_size()) || network.input_format != data.input_format)
    throw Error("this network cannot read " + inputs.data.string(), "their inputs differ",
                "Use data made with the same study");
  const std::size_t events =
      config.events == 0 ? data.size() : std::min(data.size(), static_cast<std::size_t>(config.events));
  const std::span<const std::int16_t> given = std::span(data.inputs).first(events * data.input_size());
  return write(verify_rtl(network, design, inputs.rtl, given, options, context.progress()), given);
}

Json make_synthesis(const std::filesystem::path& rtl, const SynthesisChecks& checks, const std::filesystem::path& out,
                    const Context& context) {
  const DesignFile file = read_design(rtl);
  const TemporaryFolder work;
  SynthOptions options;
  options.work = work.path();
  Json body = synth_to_json(synthesise(file.design, rtl, options, context.progress()));
  if (!file.design.chain.is_null()) {  // the share of the window search; the rest is the network and the decision
    Design search = file.design;
    search.top = json_get<std::string>(search.chain, "search", "design.json");
    const CellCounts cells = synthesise(search, rtl, {}, context.progress()).cells;
    const int cycles = json_get<int>(search.chain, "search_cycles", "design.json");
    const auto part = [](const char* name, std::int64_t lut, std::int64_t ff, int latency) {
      return Json{{"name", name}, {"lut", lut}, {"ff", ff}, {"latency_cycles", latency}};
    };
    body["parts"] = {part("search", cells.lut(), cells.ff, cycles),
                     part("network", body["lut"].get<std::int64_t>() - cells.lut(),
                          body["ff"].get<std::int64_t>() - cells.ff, file.design.latency_cycles - cycles)};
  }
  if (checks.prove)
    body["proof"] = proof_to_json(prove_netlist(file.design, rtl, work.path() / "netlist.v", {}, context.progress()));
  if (checks.ice40) body["ice40"] = placed_to_json(place_ice40(file.design, rtl, {}, context.progress()));
  if (!checks.vendor_reports.empty()) body["vendor"] = vendor_to_json(read_vendor_reports(checks.vendor_reports));
  write_json_artifact(out, synth_kind, file.config, body);
  return body;
}

}  // namespace lutra
