#include "synth/prove.h"

#include <chrono>
#include <fstream>
#include <optional>

#include "base/artifact.h"
#include "base/error.h"
#include "base/file_error.h"
#include "base/process.h"
#include "base/temporary.h"
#include "base/tool_output.h"
#include "ir/builder.h"
#include "ir/unroll_clocks.h"
#include "rtl/identifier.h"
#include "rtl/write_rtl.h"
#include "synth/cell_models.h"
#include "synth/yosys.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double graph_timeout_s = 3600;

/// From a flat design of gates and flip-flops to an AIGER file.
std::vector<std::string> graph_steps(const std::string& file) {
  return {"techmap -map +/techmap.v", "dfflegalize -cell $_DFF_P_ x\naigmap\nzinit -all\nwrite_aiger -symbols " + file};
}

void write_rtl_graph(const Design& design, const fs::path& folder, const fs::path& work, const std::string& graph,
                     const Progress& progress) {
  YosysJob job{"proof of the RTL",
               {"hierarchy -check -top " + script_word(design.top), "proc\nflatten\nopt_clean\nmemory"},
               {},
               true};
  job.steps.push_back("opt -nodffe -nosdff");
  for (const std::string& step : graph_steps(graph)) job.steps.push_back(step);
  job.files = source_files(design, folder);
  run_yosys(job, work, graph_timeout_s, progress);
}

void write_netlist_graph(const Design& design, const fs::path& netlist, const fs::path& work,
                         const Progress& progress) {
  write_text_atomically(work / "cell_models.v", cell_models);
  YosysJob job{"proof of the netlist",
               {"techmap -map cell_models.v", "hierarchy -check -top " + script_word(design.top)},
               {netlist}};
  job.steps.push_back("clean\nopt -nodffe -nosdff");
  for (const std::string& step : graph_steps("netlist.aig")) job.steps.push_back(step);
  run_yosys(job, work, graph_timeout_s, progress);
}

/// Sizes from the header of an AIGER file: "aig M I L O A".
AigSize read_size(const fs::path& path) {
  std::ifstream in(path);
  std::string magic;
  std::int64_t variables = 0, inputs = 0, outputs = 0;
  AigSize size;
  if (!(in >> magic >> variables >> inputs >> size.registers >> outputs >> size.ands) || magic != "aig")
    throw Error(path.string() + " is not an AIGER file", "", "");
  return size;
}

struct OutOfTime {};

Verdict decide(const fs::path& work, const ProofOptions& options, const Progress& progress) {
  const Clock::time_point start = Clock::now();
  const auto tick = [&] {
    progress("proof that they are equal", 0, 1);
    if (Clock::now() - start > std::chrono::duration<double>(options.timeout_s)) throw OutOfTime();
  };
  ProcessResult result;
  try {
    result = run_process({"berkeley-abc", "-c", "dsec rtl.aig netlist.aig"}, {.directory = work, .tick = tick});
  } catch (const OutOfTime&) {
    return Verdict::open;
  }
  progress("proof that they are equal", 1, 1);
  const auto says = [&](const char* text) { return result.output.find(text) != std::string::npos; };
  if (says("Networks are equivalent")) return Verdict::equal;
  if (says("NOT EQUIVALENT")) return Verdict::different;
  if (says("UNDECIDED")) return Verdict::open;
  throw tool_error("ABC did not answer", result, work, "Check 'lutra doctor'");
}

/// Inputs outside their ranges count as the nearest inside.
Program with_any_input(const Program& program) {
  Program frame = empty_copy(program);
  const auto limits = static_cast<int>(frame.layers.size());
  frame.layers.push_back("ranges of the inputs");
  Builder builder(std::move(frame));
  std::vector<int> made;
  for (const Value& v : program.values) {
    const bool is_input = v.op == Opcode::input;
    std::vector<int> args;
    for (const Operand& o : v.args) args.push_back(made[static_cast<std::size_t>(o.value)]);
    builder.set_layer(is_input ? -1 : v.layer);
    const int value = is_input ? builder.input(static_cast<int>(v.a)) : builder.copy(program, v, args);
    builder.set_layer(limits);
    made.push_back(is_input ? builder.clamp(value, v.range) : value);
  }
  for (const Output& o : program.outputs) builder.output(made[static_cast<std::size_t>(o.value)], o.format);
  return std::move(builder).finish();
}

/// All logic in one stage.
void write_program_graph(const Program& program, const fs::path& work, const std::string& name,
                         const Progress& progress) {
  Program whole = with_any_input(unroll_clocks(program));
  whole.name = "program";
  const Schedule schedule{std::vector<int>(whole.values.size(), 0), 1};
  const Design design = write_rtl(work / name, {whole, schedule, 1, "", Json::object()});
  write_rtl_graph(design, work / name, work, name + ".aig", progress);
}

template <class WriteGraphs>
ProofResult compare(const ProofOptions& options, const Progress& progress, const WriteGraphs& write_graphs) {
  std::optional<TemporaryFolder> temporary;
  if (options.work.empty()) temporary.emplace();
  const fs::path work = temporary ? temporary->path() : options.work;
  make_folder(work);
  const Clock::time_point start = Clock::now();
  write_graphs(work);
  ProofResult result;
  result.rtl = read_size(work / "rtl.aig");
  result.netlist = read_size(work / "netlist.aig");
  result.verdict = decide(work, options, progress);
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return result;
}

}  // namespace

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::equal:
      return "equal";
    case Verdict::different:
      return "different";
    case Verdict::open:
      return "open";
  }
  return "";
}

ProofResult prove_netlist(const Design& design, const fs::path& folder, const fs::path& netlist,
                          const ProofOptions& options, const Progress& progress) {
  return compare(options, progress, [&](const fs::path& work) {
    write_rtl_graph(design, folder, work, "rtl.aig", progress);
    write_netlist_graph(design, netlist, work, progress);
  });
}

ProofResult prove_same(const Program& first, const Program& second, const ProofOptions& options,
                       const Progress& progress) {
  return compare(options, progress, [&](const fs::path& work) {
    write_program_graph(first, work, "rtl", progress);
    write_program_graph(second, work, "netlist", progress);
  });
}

Json proof_to_json(const ProofResult& result) {
  const auto size = [](const AigSize& aig) { return Json{{"ands", aig.ands}, {"registers", aig.registers}}; };
  return {{"verdict", to_string(result.verdict)},
          {"rtl", size(result.rtl)},
          {"netlist", size(result.netlist)},
          {"method", "sequential equivalence of and-inverter graphs (berkeley-abc dsec)"}};
}

}  // namespace lutra
