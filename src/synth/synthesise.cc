#include "synth/synthesise.h"

#include <chrono>
#include <optional>

#include "base/file_error.h"
#include "base/temporary.h"
#include "synth/device.h"
#include "synth/yosys.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

}  // namespace

SynthResult synthesise(const Design& design, const fs::path& folder, const SynthOptions& options,
                       const Progress& progress) {
  const Fpga& device = find_device(options.device);
  std::optional<TemporaryFolder> temporary;
  if (options.work.empty()) temporary.emplace();
  const fs::path work = temporary ? temporary->path() : options.work;
  make_folder(work);
  const Clock::time_point start = Clock::now();
  write_text_atomically(work / freeze_adders_file, freeze_adders_map);
  YosysJob job{"synthesis", synthesis_steps(design.top, device.family, options.flow), {}};
  job.steps.push_back("tee -q -o stat.json stat -json\nwrite_verilog -noattr netlist.v");
  job.files = source_files(design, folder);
  run_yosys(job, work, options.timeout_s, progress);
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
  const Fpga& device = find_device(result.device);
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
