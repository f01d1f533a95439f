#include "synth/place_ice40.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "base/artifact.h"
#include "base/error.h"
#include "base/file_error.h"
#include "base/process.h"
#include "base/temporary.h"
#include "base/tool_output.h"
#include "rtl/identifier.h"
#include "synth/yosys.h"
#include "synth/yosys_script.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t logic_cells = 7680;  // of the HX8K, each a LUT4 and a register

/// The design between shift registers, so that it needs four pins. One more register on each side keeps these out of
/// the design's paths.
std::string ring(const Design& design) {
  int outputs = 1;  // out_valid
  for (const Format format : design.outputs) outputs += format.bits;
  return fmt::format(R"verilog(module ring (input logic clk, serial_in, load, output logic serial_out);
  logic [{in_top}:0] in;
  logic [{out_top}:0] out, captured, shifted;
  always_ff @(posedge clk) begin
    in <= {{in[{in_top}-1:0], serial_in}};
    captured <= out;
    shifted <= load ? captured : shifted << 1;
    serial_out <= shifted[{out_top}];
  end
  {top} design (.clk, .rst(in[{in_top}]), .in_valid(in[{in_top}-1]), .in_data(in[{in_top}-2:0]), .out_valid(out[{out_top}]),
                .out_data(out[{out_top}-1:0]));
endmodule
)verilog",
                     fmt::arg("in_top", design.inputs * design.input_format.bits + 1), fmt::arg("out_top", outputs - 1),
                     fmt::arg("top", script_word(design.top)));
}

void synthesise_ring(const Design& design, const fs::path& folder, const fs::path& work, const PlaceOptions& options,
                     const Progress& progress) {
  write_text_atomically(work / "ring.sv", ring(design));
  write_text_atomically(work / freeze_adders_file, freeze_adders_map);
  YosysJob job{"synthesis for iCE40", {}, {}, true};
  job.steps = {"hierarchy -check -top ring\nproc\nflatten", std::string("techmap -map ") + freeze_adders_file,
               "synth_ice40 -top ring -json ring.json"};
  job.files = source_files(design, folder);
  job.files.push_back(work / "ring.sv");
  run_yosys(job, work, options.timeout_s, progress);
}

void place(const fs::path& work, const PlaceOptions& options, const Progress& progress) {
  // 500 MHz cannot be reached: the placer then does its best.
  const std::vector<std::string> command = {"nextpnr-ice40",
                                            "--hx8k",
                                            "--package",
                                            "ct256",
                                            "--json",
                                            "ring.json",
                                            "--pcf-allow-unconstrained",
                                            "--freq",
                                            "500",
                                            "--timing-allow-fail",
                                            "--seed",
                                            std::to_string(options.seed),
                                            "--report",
                                            "placed.json"};
  remove_tree(work / "placed.json");
  const auto tick = [&] { progress("place and route for iCE40", 0, 1); };
  const ProcessResult result = run_process(command, {.directory = work, .timeout_s = options.timeout_s, .tick = tick});
  if (result.status != 0)
    throw tool_error("nextpnr cannot place the design on an iCE40 HX8K", result, work,
                     "Take a design of fewer than about 7,000 LUTs and registers");
  progress("place and route for iCE40", 1, 1);
}

PlacedDesign read_report(const fs::path& path) {
  const Json report = read_json(path);
  PlacedDesign placed;
  const Json clocks = json_get<Json>(report, "fmax", path.string());
  for (const auto& [clock, result] : clocks.items())
    placed.fmax_mhz = json_get<double>(result, "achieved", path.string());
  const Json cells = json_get<Json>(json_get<Json>(report, "utilization", path.string()), "ICESTORM_LC", path.string());
  placed.logic_cells = json_get<std::int64_t>(cells, "used", path.string());
  placed.available_cells = json_get<std::int64_t>(cells, "available", path.string());
  if (placed.fmax_mhz <= 0) throw Error(path.string() + " has no clock", "", "The design has no registers");
  return placed;
}

std::string tool_version() {
  const std::string output = run_process({"nextpnr-ice40", "--version"}).output;
  return output.substr(0, output.find('\n'));
}

}  // namespace

PlacedDesign place_ice40(const Design& design, const fs::path& folder, const PlaceOptions& options,
                         const Progress& progress) {
  const std::int64_t pins = std::int64_t{design.inputs} * design.input_format.bits;
  if (pins > logic_cells)
    throw Error("the design does not fit an iCE40 HX8K",
                fmt::format("{} input bits, {} logic cells", pins, logic_cells), "Take a layer of it");
  std::optional<TemporaryFolder> temporary;
  if (options.work.empty()) temporary.emplace();
  const fs::path work = temporary ? temporary->path() : options.work;
  make_folder(work);
  const Clock::time_point start = Clock::now();
  synthesise_ring(design, folder, work, options, progress);
  place(work, options, progress);
  PlacedDesign placed = read_report(work / "placed.json");
  placed.tool = tool_version();
  placed.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return placed;
}

Json placed_to_json(const PlacedDesign& placed) {
  return {{"device", "iCE40 HX8K"},
          {"fmax_mhz", placed.fmax_mhz},
          {"period_ns", placed.period_ns()},
          {"logic_cells", placed.logic_cells},
          {"available_cells", placed.available_cells},
          {"tool", placed.tool},
          {"kind", "placed and routed"}};
}

}  // namespace lutra
