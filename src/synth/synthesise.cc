#include "synth/synthesise.h"

#include <chrono>
#include <fstream>
#include <optional>

#include "base/error.h"
#include "base/process.h"
#include "base/temporary.h"
#include "synth/device.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::string script_text(const std::vector<std::string>& steps) {
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i) text += steps[i] + "\nlog " + step_mark + std::to_string(i + 1) + "\n";
  return text + "tee -q -o stat.json stat -json\nwrite_verilog -noattr netlist.v\n";
}

/// Follows the log of a running Yosys and counts the marks of finished steps.
class StepCounter {
 public:
  explicit StepCounter(fs::path log) : log_(std::move(log)) {}
  std::size_t count() {
    std::ifstream in(log_);
    in.seekg(position_);
    for (std::string line; std::getline(in, line) && !in.eof();) {
      position_ += static_cast<std::streamoff>(line.size()) + 1;
      steps_ += line.starts_with(step_mark);
    }
    return steps_;
  }

 private:
  fs::path log_;
  std::streamoff position_ = 0;
  std::size_t steps_ = 0;
};

/// "toy.sv:2: syntax error" out of "/some/folder/toy.sv:2: ERROR: syntax error".
std::string error_line(const std::string& output) {
  const std::string mark = "ERROR: ";
  const std::size_t at = output.find(mark);
  if (at == std::string::npos) return output.substr(0, output.find('\n'));
  const std::size_t line = output.rfind('\n', at) + 1;  // npos + 1 = 0
  std::string place = output.substr(line, at - line);
  place.erase(0, place.rfind('/') + 1);
  const std::size_t text = at + mark.size();
  return place + output.substr(text, output.find('\n', text) - text);
}

void run_yosys(const std::vector<std::string>& steps, const std::vector<std::string>& files, const fs::path& work,
               double timeout_s, const Progress& progress) {
  write_text_atomically(work / freeze_adders_file, freeze_adders_map);
  write_text_atomically(work / "synth.ys", script_text(steps));
  std::vector<std::string> command = {"yosys", "-q", "-l", "yosys.log", "-f", "verilog -sv"};
  command.insert(command.end(), files.begin(), files.end());
  command.insert(command.end(), {"-s", "synth.ys"});
  StepCounter counter(work / "yosys.log");
  const auto tick = [&] { progress("synthesis", counter.count(), steps.size()); };
  const ProcessResult result = run_process(command, {.directory = work, .timeout_s = timeout_s, .tick = tick});
  if (result.status != 0) throw Error("Yosys cannot synthesise the design", error_line(result.output), "");
  progress("synthesis", steps.size(), steps.size());
}

std::string yosys_version() {
  const std::string output = run_process({"yosys", "-V"}).output;
  return output.substr(0, output.find('\n'));
}

}  // namespace

SynthResult synthesise(const Design& design, const fs::path& folder, const SynthOptions& options,
                       const Progress& progress) {
  const Device& device = find_device(options.device);
  std::optional<TemporaryFolder> temporary;
  if (options.work.empty()) temporary.emplace();
  const fs::path work = temporary ? temporary->path() : options.work;
  fs::create_directories(work);
  std::vector<std::string> files;
  for (const std::string& file : design.files) files.push_back(fs::absolute(folder / file).string());

  const Clock::time_point start = Clock::now();
  run_yosys(synthesis_steps(design.top, device.family, options.flow), files, work, options.timeout_s, progress);
  SynthResult result;
  result.cells = count_cells(read_json(work / "stat.json"), design.top);
  result.device = device.name;
  result.flow = options.flow;
  result.tool = yosys_version();
  result.latency_cycles = design.latency_cycles;
  result.interval_cycles = design.interval_cycles;
  result.clock_ns = design.clock_ns;
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return result;
}

Json synth_to_json(const SynthResult& result) {
  const CellCounts& cells = result.cells;
  const Device& device = find_device(result.device);
  const auto share = [](std::int64_t used, std::int64_t there) {
    return static_cast<double>(used) / static_cast<double>(there);
  };
  Json sizes = Json::object();
  for (std::size_t k = 1; k < cells.lut_by_size.size(); ++k) sizes[std::to_string(k)] = cells.lut_by_size[k];
  return {{"lut", cells.lut()},
          {"lut_by_size", sizes},
          {"inverters", cells.inverters},
          {"ff", cells.ff},
          {"carry", cells.carry},
          {"muxf", cells.muxf},
          {"dsp", cells.dsp},
          {"bram", cells.bram18},
          {"srl", cells.srl},
          {"lutram", cells.lutram},
          {"latches", cells.latches},
          {"latency_cycles", result.latency_cycles},
          {"latency_ns", result.latency_ns()},
          {"interval_cycles", result.interval_cycles},
          {"clock_ns", result.clock_ns},
          {"device", device.name},
          {"shares",
           {{"lut", share(cells.lut(), device.lut)},
            {"ff", share(cells.ff, device.ff)},
            {"dsp", share(cells.dsp, device.dsp)},
            {"bram", share(cells.bram18, device.bram18)}}},
          {"tool", result.tool},
          {"flow", to_string(result.flow)},
          {"kind", "synthesis estimate, not placed"}};
}

}  // namespace lutra
