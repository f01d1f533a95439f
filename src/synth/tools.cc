#include "synth/tools.h"

#include "base/error.h"
#include "base/process.h"

namespace lutra {
namespace {

struct Tool {
  const char* name;
  const char* needed_for;
  const char* package;
  std::vector<std::string> version_arguments;
  bool optional;
};

const std::vector<Tool>& tools() {
  static const std::vector<Tool> table = {
      {"verilator", "lutra verify: simulation of the RTL", "verilator", {"--version"}, false},
      {"g++", "lutra verify: compiles the simulator", "g++", {"--version"}, false},
      {"make", "lutra verify: builds the simulator", "make", {"--version"}, false},
      {"yosys", "lutra synth: synthesis for UltraScale+", "yosys", {"-V"}, false},
      {"berkeley-abc", "lutra synth --prove: the netlist equals the RTL", "berkeley-abc", {"-c", "version"}, true},
      {"nextpnr-ice40",
       "lutra synth --ice40: place and route as a check of the timing model",
       "nextpnr-ice40",
       {"--version"},
       true},
      {"iverilog", "tests of emitted operators", "iverilog", {"-V"}, false},
      {"ghdl", "check of the VHDL wrapper", "ghdl", {"--version"}, true},
      {"chromium", "tests of the report in a browser", "chromium", {"--version"}, true},
      {"node", "bundling of the report's plots", "nodejs", {"--version"}, false},
      {"ccache", "faster builds of the simulator", "ccache", {"--version"}, true},
      {"vivado",
       "synthesis and implementation by the vendor (not in Debian; lutra synth reads its reports)",
       "",
       {"-version"},
       true},
  };
  return table;
}

/// First line that says something; tools differ in what they print around it.
std::string version_line(const std::string& output) {
  std::string best;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    const std::string line = output.substr(begin, end - begin);
    begin = end + 1;
    const bool has_digit = line.find_first_of("0123456789") != std::string::npos;
    if (has_digit && !line.starts_with("/")) return line;  // "/": a complaint of the tool's start script
    if (best.empty()) best = line;
  }
  return best.empty() ? "unknown" : best;
}

std::string ask_version(const Tool& tool) {
  std::vector<std::string> command = {tool.name};
  command.insert(command.end(), tool.version_arguments.begin(), tool.version_arguments.end());
  try {
    return version_line(run_process(command, {.timeout_s = 20}).output);
  } catch (const Error&) {
    return "unknown";
  }
}

}  // namespace

std::vector<ToolStatus> find_tools() {
  std::vector<ToolStatus> found;
  for (const Tool& tool : tools()) {
    ToolStatus status{tool.name, tool.needed_for, "", tool.optional, find_tool(tool.name), ""};
    status.install = *tool.package ? std::string("apt install ") + tool.package : "from the vendor";
    if (status.found()) status.version = ask_version(tool);
    found.push_back(std::move(status));
  }
  return found;
}

}  // namespace lutra
