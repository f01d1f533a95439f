#include <algorithm>

#include "base/error.h"
#include "base/temporary.h"
#include "cli/stages.h"
#include "compile/compile.h"
#include "event/dataset_file.h"
#include "rtl/write_rtl.h"
#include "synth/place_ice40.h"
#include "synth/prove.h"
#include "synth/synthesise.h"
#include "synth/vendor_project.h"
#include "synth/vendor_report.h"
#include "verify/verify.h"

namespace lutra {
namespace {

constexpr ArtifactKind verify_kind{"verify", 1};
constexpr ArtifactKind synth_kind{"synth", 1};

}  // namespace

Json make_rtl(const CompileOptions& options, const std::filesystem::path& network, const std::filesystem::path& out,
              const Session& session) {
  const NetworkFile file = read_network(network);
  const CompileResult result = compile(file.network, options, session.progress());
  const Design design = write_rtl(
      out, {result.program, result.schedule, options.clock_ns, result.network_hash, result.cost, result.three_inputs},
      {{"compile", echo(options)}, {"network", file.config}});
  write_vendor_projects(out, design, SynthOptions{}.device);
  return {{"top", design.top},
          {"latency_cycles", design.latency_cycles},
          {"latency_ns", design.latency_cycles * design.clock_ns},
          {"interval_cycles", design.interval_cycles},
          {"cost", design.cost},
          {"folder", out.string()}};
}

Json make_verification(const VerifyConfig& config, const VerificationInputs& inputs, const std::filesystem::path& out,
                       const Session& session) {
  const Network network = read_network(inputs.network).network;
  const Design design = read_design(inputs.rtl).design;
  Dataset data = read_dataset(inputs.data).data;
  if (network.input.size() != static_cast<int>(data.input_size()) || network.input_format != data.input_format)
    throw Error("this network cannot read " + inputs.data.string(), "their inputs differ",
                "Use data made with the same study");
  const std::size_t events =
      config.events == 0 ? data.size() : std::min(data.size(), static_cast<std::size_t>(config.events));
  VerifyOptions options;
  options.seed = static_cast<std::uint64_t>(config.seed);
  options.random_events = static_cast<std::size_t>(config.random_events);
  options.threads = session.threads;
  const VerifyResult result =
      verify_rtl(network, design, inputs.rtl, std::span(data.inputs).first(events * data.input_size()), options,
                 session.progress());
  Json body = verify_to_json(result);
  write_json_artifact(out, verify_kind, {{"verify", echo(config)}, {"network_hash", design.network_hash}}, body);
  return body;
}

Json make_synthesis(const std::filesystem::path& rtl, const SynthesisChecks& checks, const std::filesystem::path& out,
                    const Session& session) {
  const DesignFile file = read_design(rtl);
  const TemporaryFolder work;
  SynthOptions options;
  options.work = work.path();
  Json body = synth_to_json(synthesise(file.design, rtl, options, session.progress()));
  if (checks.prove)
    body["proof"] = proof_to_json(prove_netlist(file.design, rtl, work.path() / "netlist.v", {}, session.progress()));
  if (checks.ice40) body["ice40"] = placed_to_json(place_ice40(file.design, rtl, {}, session.progress()));
  if (!checks.vendor_reports.empty()) body["vendor"] = vendor_to_json(read_vendor_reports(checks.vendor_reports));
  write_json_artifact(out, synth_kind, file.config, body);
  return body;
}

}  // namespace lutra
