#include <fmt/format.h>

#include <memory>
#include <optional>

#include "base/lease.h"
#include "cli/commands.h"
#include "study/stages.h"
#include "synth/prove.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr const char* edited_help = "Take RTL that was edited since it was compiled; the result says what was";

struct CompileFlags {
  fs::path network, out, study;
  std::optional<double> clock_ns, threshold_gev;
  std::optional<int> interval;
  bool chain = false;
};

int compile_action(const CompileFlags& flags, const Session& session) {
  Study study = flags.study.empty() ? Study{} : read_study(flags.study);
  const Lease lease(flags.out, "lutra compile " + flags.network.string());
  study.compile.clock_ns = flags.clock_ns.value_or(study.compile.clock_ns);
  study.metrics.threshold_gev = flags.threshold_gev.value_or(study.metrics.threshold_gev);
  CompileOptions alone = study.compile;
  alone.interval = flags.interval.value_or(alone.interval);
  const Json result = flags.chain ? make_chain(study, flags.interval, flags.network, flags.out, session.context())
                                  : make_rtl(alone, flags.network, flags.out, session.context());
  session.report(fmt::format("{} in {}: {} cycles = {:.1f} ns, one event every {} cycle(s)",
                             result["top"].get<std::string>(), flags.out.string(), result["latency_cycles"].get<int>(),
                             result["latency_ns"].get<double>(), result["interval_cycles"].get<int>()),
                 result);
  return 0;
}

struct VerifyFlags {
  VerificationInputs inputs;
  fs::path out, study;
  bool edited = false;
  std::optional<std::int64_t> events;
};

/// "edited: student.sv changed", a line for each file.
std::string edited_lines(const Json& result) {
  std::string text;
  for (const Json& edit : result.value("edited", Json::array()))
    text += fmt::format("\nedited: {} {}", edit["file"].get<std::string>(), edit["what"].get<std::string>());
  return text;
}

std::string first_mismatch(const Json& result) {
  if (result["first_mismatch"].is_null()) return "outputs that belong to no event";
  return result["first_mismatch"]["summary"].get<std::string>();
}

std::string proof_line(const Json& result) {
  const Json& proof = result["proof"];
  if (proof["verdict"] != "proved") return "not proved: " + proof["difference"].get<std::string>();
  return fmt::format("every one of {} layers proved, {} points of quantizers and tables", proof["layers"].size(),
                     proof["points"].get<std::uint64_t>());
}

bool failed(const Json& check) { return check.value("verdict", "") == "failed"; }

std::string software_line(const Json& software) {
  if (failed(software)) return "not compared with the software: " + software["difference"].get<std::string>();
  return fmt::format("C++ model: {} mismatches, interpreter of the program: {}",
                     software["cpp_mismatches"].get<std::uint64_t>(),
                     software["interpreter_mismatches"].get<std::uint64_t>());
}

bool software_passed(const Json& software) {
  return !failed(software) && software["cpp_mismatches"] == 0 && software["interpreter_mismatches"] == 0;
}

int verify_action(const VerifyFlags& flags, const Session& session) {
  VerifyConfig config = flags.study.empty() ? VerifyConfig{} : read_study(flags.study).verify;
  config.events = flags.events.value_or(config.events);
  const fs::path out = flags.out.empty() ? fs::path(flags.inputs.rtl) / "verify.json" : flags.out;
  VerificationInputs inputs = flags.inputs;
  inputs.edits = flags.edited ? Edits::taken : Edits::refused;
  const Json result = make_verification(config, inputs, out, session.context());
  const bool proved = !flags.inputs.prove || result["proof"]["verdict"] == "proved";
  const bool same = !flags.inputs.software || software_passed(result["software"]);
  const bool passed = result["mismatches"] == 0 && result["unexpected_outputs"] == 0;
  session.report(fmt::format("{} events, {} mismatches", result["events"].get<std::int64_t>(),
                             result["mismatches"].get<std::int64_t>()) +
                     (passed ? "" : "\n" + first_mismatch(result)) +
                     (flags.inputs.software ? "\n" + software_line(result["software"]) : "") +
                     (flags.inputs.prove ? "\n" + proof_line(result) : "") + edited_lines(result),
                 result);
  return passed && proved && same ? 0 : 1;
}

struct SynthFlags {
  fs::path rtl, out;
  SynthesisChecks checks;
  bool edited = false;
};

/// Lines about the parts of a whole trigger and the checks that were asked for.
std::string more_lines(const Json& result) {
  std::string text;
  for (const Json& part : result.value("parts", Json::array()))
    text += fmt::format("\n{}: {} LUT, {} FF, {} cycles", part["name"].get<std::string>(), part["lut"].get<int>(),
                        part["ff"].get<int>(), part["latency_cycles"].get<int>());
  for (const char* check : {"proof", "ice40", "vendor"})
    if (result.contains(check)) text += fmt::format("\n{}: {}", check, json_text(result[check]));
  return text;
}

int synth_action(const SynthFlags& flags, const Session& session) {
  const fs::path out = flags.out.empty() ? flags.rtl / "synth.json" : flags.out;
  SynthesisChecks checks = flags.checks;
  checks.edits = flags.edited ? Edits::taken : Edits::refused;
  const Json result = make_synthesis(flags.rtl, checks, out, session.context());
  session.report(fmt::format("{} LUT, {} FF, {} carry, {} DSP, {} BRAM; {} cycles = {:.1f} ns; in {}",
                             result["lut"].get<int>(), result["ff"].get<int>(), result["carry"].get<int>(),
                             result["dsp"].get<int>(), result["bram"].get<int>(), result["latency_cycles"].get<int>(),
                             result["latency_ns"].get<double>(), out.string()) +
                     more_lines(result) + edited_lines(result),
                 result);
  const bool unequal = result.contains("proof") && result["proof"]["verdict"] != to_string(Verdict::equal);
  return unequal || failed(result.value("ice40", Json::object())) ? 1 : 0;
}

}  // namespace

Command compile_command() {
  return {"compile", "Compile a network to SystemVerilog: network.json -> rtl/",
          "lutra compile student/network.json --out rtl --clock-ns 2", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<CompileFlags>();
            app.add_option("network", flags->network, "Quantized network (network.json)")->required();
            app.add_option("--out", flags->out, "Folder to write to")->required();
            app.add_option("--study", flags->study, "Take the [compile] section of this study");
            app.add_option("--clock-ns", flags->clock_ns, "Clock period in ns")->check(CLI::Range(0.5, 1000.0));
            auto* chain = app.add_flag("--chain", flags->chain,
                                       "The whole trigger: raw hits, window search ([fragment] of the study), network, "
                                       "position and decision, one image per bunch crossing");
            app.add_option("--threshold-gev", flags->threshold_gev,
                           "Accept above this pT in GeV (default: of the study)")
                ->needs(chain);
            app.add_option("--interval", flags->interval, "Clocks between events; above 1 hardware is shared")
                ->check(CLI::Range(1, 4096));
            return [flags](const Session& session) { return compile_action(*flags, session); };
          }};
}

Command verify_command() {
  return {"verify", "Run the firmware against the reference evaluator; exit status 1 on any difference",
          "lutra verify student/network.json rtl --data fragments.h5 --events 100000", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<VerifyFlags>();
            app.add_option("network", flags->inputs.network, "Quantized network (network.json)")->required();
            app.add_option("rtl", flags->inputs.rtl, "Folder that lutra compile wrote")->required();
            app.add_option("--data", flags->inputs.data,
                           "Data set with real inputs (HDF5); events with raw hits for a chain")
                ->required();
            app.add_option("--events", flags->events, "Use at most this many of them; 0: all")
                ->check(CLI::NonNegativeNumber);
            app.add_flag(
                "--prove", flags->inputs.prove,
                "Also prove that the program behind the RTL (network.ir) computes the network, for every input");
            app.add_flag("--software", flags->inputs.software,
                         "Also compare the C++ model (model.h) and the interpreter of network.ir on every event");
            app.add_flag("--edited", flags->edited, edited_help);
            app.add_option("--study", flags->study, "Take the [verify] section of this study");
            app.add_option("--out", flags->out, "Result file (default: verify.json in the folder)");
            return [flags](const Session& session) { return verify_action(*flags, session); };
          }};
}

Command synth_command() {
  return {"synth", "Synthesise the firmware with open tools and count its resources", "lutra synth rtl",
          [](CLI::App& app) -> Action {
            auto flags = std::make_shared<SynthFlags>();
            app.add_option("rtl", flags->rtl, "Folder that lutra compile wrote")->required();
            app.add_option("--out", flags->out, "Result file (default: synth.json in the folder)");
            app.add_flag("--prove", flags->checks.prove,
                         "Prove that the mapped netlist equals the RTL; exit status 1 if it does not");
            app.add_flag("--ice40", flags->checks.ice40,
                         "Place and route on an iCE40: a check of the timing model's shape");
            app.add_option("--vendor-reports", flags->checks.vendor_reports,
                           "Read reports of Vivado or Quartus from this folder");
            app.add_flag("--edited", flags->edited, edited_help);
            return [flags](const Session& session) { return synth_action(*flags, session); };
          }};
}

}  // namespace lutra
