#include <algorithm>

#include "base/artifacts.h"
#include "base/error.h"
#include "base/temporary.h"
#include "chain/compile_chain.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "ir/text.h"
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

constexpr ArtifactKind verify_kind = artifact_kind("verify");
constexpr ArtifactKind synth_kind = artifact_kind("synth");

constexpr const char* arithmetic_file = "arithmetic.ir";  // CompileResult::arithmetic

Design write_network(const std::filesystem::path& out, const CompileResult& result, const CompileOptions& options) {
  Design design = write_rtl(out, {result.program, result.schedule, options.clock_ns, result.network_hash,
                                  cost_to_json(result.cost), result.three_inputs});
  write_design_file(out, design.hashes, arithmetic_file, print_program(result.arithmetic));
  return design;
}

/// The folder is a design from here on: what is changed later is an edit.
void finish_design(const std::filesystem::path& out, Design& design, const Json& config) {
  for (const ProjectFile& file : vendor_projects(design, SynthOptions{}.device))
    write_design_file(out, design.hashes, file.name, file.text);
  write_design(out, design, config);
}

Json summary_of(const Design& design, const std::filesystem::path& out) {
  return {{"top", design.top},
          {"latency_cycles", design.latency_cycles},
          {"latency_ns", design.latency_cycles * design.clock_ns},
          {"interval_cycles", design.interval_cycles},
          {"cost", design.cost},
          {"folder", out.string()}};
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
  Design design = write_network(out, result, options);
  finish_design(out, design, {{"compile", echo(options)}, {"network", file.config}});
  return summary_of(design, out);
}

Json make_chain(const Study& study, std::optional<int> interval, const std::filesystem::path& network,
                const std::filesystem::path& out, const Context& context) {
  const NetworkFile file = read_network(network);
  const ChainRequest request{study.simulation.detector.shape(), study.fragment, study.compile, interval,
                             study.metrics.threshold_gev};
  const CompiledChain chain = compile_chain(file.network, request, context.progress());
  const Json config{{"compile", echo(chain.options)},
                    {"fragment", echo(study.fragment)},
                    {"threshold_gev", study.metrics.threshold_gev},
                    {"network", file.config}};
  const Design inner = write_network(out, chain.network, chain.options);
  Design design = write_chain(out, chain.around, inner, chain.network);
  finish_design(out, design, config);
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

/// The result of a further check, or that its tool failed and why: what was found before it is kept.
template <class Check>
Json attempt(const Check& check) {
  try {
    return check();
  } catch (const Error& e) {
    return {{"verdict", "failed"}, {"difference", e.what()}};
  }
}

}  // namespace

Json make_verification(const VerifyConfig& config, const VerificationInputs& inputs, const std::filesystem::path& out,
                       const Context& context) {
  const Network network = read_network(inputs.network).network;
  const auto [design, design_config, edits] = read_design(inputs.rtl, inputs.edits);
  VerifyOptions options;
  options.seed = static_cast<std::uint64_t>(config.seed);
  options.random_events = static_cast<std::size_t>(config.random_events);
  options.threads = context.threads();
  const auto write = [&](const VerifyResult& result, std::span<const std::int16_t> events = {}) {
    Json body = verify_to_json(result);
    if (inputs.software)
      body["software"] = attempt([&] {
        return software_to_json(verify_software(network, read_program(inputs.rtl / "network.ir"), design, inputs.rtl,
                                                events, options, context.progress()));
      });
    if (inputs.prove) body["proof"] = attempt([&] { return proof_of(network, inputs.rtl, context); });
    if (!edits.empty()) body["edited"] = edits_to_json(edits);
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

bool checks_were_made(const std::filesystem::path& verify_json) {
  const Json proof = read_json(verify_json).value("proof", Json::object());
  return proof.value("verdict", "") != "failed";
}

Json make_synthesis(const std::filesystem::path& rtl, const SynthesisChecks& checks, const std::filesystem::path& out,
                    const Context& context) {
  const DesignFile file = read_design(rtl, checks.edits);
  const TemporaryFolder work;
  SynthOptions options;
  options.work = work.path();
  Json body = synth_to_json(synthesise(file.design, rtl, options, context.progress()));
  if (!file.design.chain.is_null()) {  // the share of the window search; the rest is the network and the decision
    Design search = file.design;
    const auto [top, cycles] = chain_search(search);
    search.top = top;
    const CellCounts cells = synthesise(search, rtl, {}, context.progress()).cells;
    const auto part = [](const char* name, std::int64_t lut, std::int64_t ff, int latency) {
      return Json{{"name", name}, {"lut", lut}, {"ff", ff}, {"latency_cycles", latency}};
    };
    body["parts"] = {part("search", cells.lut(), cells.ff, cycles),
                     part("network", body["lut"].get<std::int64_t>() - cells.lut(),
                          body["ff"].get<std::int64_t>() - cells.ff, file.design.latency_cycles - cycles)};
  }
  if (checks.prove)
    body["proof"] = attempt([&] {
      return proof_to_json(prove_netlist(file.design, rtl, work.path() / "netlist.v", {}, context.progress()));
    });
  if (checks.ice40)
    body["ice40"] = attempt([&] { return placed_to_json(place_ice40(file.design, rtl, {}, context.progress())); });
  if (!checks.vendor_reports.empty()) body["vendor"] = vendor_to_json(read_vendor_reports(checks.vendor_reports));
  if (!file.edits.empty()) body["edited"] = edits_to_json(file.edits);
  write_json_artifact(out, synth_kind, file.config, body);
  return body;
}

}  // namespace lutra
