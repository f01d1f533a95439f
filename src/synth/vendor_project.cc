#include "synth/vendor_project.h"

#include <fmt/format.h>

#include "rtl/identifier.h"
#include "synth/device.h"
#include "synth/yosys_script.h"

namespace lutra {
namespace {

constexpr double uncertainty_share = 0.1;
constexpr double io_share = 0.1;

std::string sources(const Design& design, const std::string& prefix, const std::string& suffix) {
  std::string text;
  for (const std::string& file : design.files) text += prefix + script_word(file) + suffix;
  return text;
}

std::string vivado_tcl(const Design& design, const Fpga& device) {
  return fmt::format(R"tcl(# Out-of-context implementation of {top} on {part}.
#   vivado -mode batch -source vivado.tcl
# Leaves reports and a checkpoint in vivado/; 'lutra synth' reads the reports.
cd [file dirname [file normalize [info script]]]
file mkdir vivado

proc reports {{stage}} {{
  report_utilization -file vivado/${{stage}}_utilization.rpt
  report_timing_summary -max_paths 10 -file vivado/${{stage}}_timing.rpt
  report_power -file vivado/${{stage}}_power.rpt
}}

read_verilog -sv [list{files}]
read_xdc -mode out_of_context vivado.xdc
synth_design -mode out_of_context -top {top} -part {part} -max_dsp 0 -max_bram 0 -shreg_min_size 100
reports post_synth
opt_design
place_design
phys_opt_design
reports post_place
route_design
phys_opt_design
reports post_route
write_checkpoint -force vivado/post_route.dcp
)tcl",
                     fmt::arg("top", script_word(design.top)), fmt::arg("part", device.part),
                     fmt::arg("files", sources(design, " ", "")));
}

std::string vivado_xdc(const Design& design) {
  return fmt::format(R"xdc(# {period} ns clock of {top}.
create_clock -name clk -period {period} [get_ports clk]
set_clock_uncertainty {uncertainty:.3f} [get_clocks clk]
# Wires from and to the registers around this module.
set_input_delay -clock clk {io:.3f} [get_ports {{rst in_valid in_data[*]}}]
set_output_delay -clock clk {io:.3f} [get_ports {{out_valid out_data[*]}}]
)xdc",
                     fmt::arg("top", script_word(design.top)), fmt::arg("period", design.clock_ns),
                     fmt::arg("uncertainty", uncertainty_share * design.clock_ns),
                     fmt::arg("io", io_share * design.clock_ns));
}

std::string quartus_tcl(const Design& design) {
  return fmt::format(R"tcl(# Implementation of {top} with virtual pins on an Arria 10.
#   quartus_sh -t quartus.tcl
# Leaves {top}.fit.rpt and {top}.sta.rpt in quartus/; 'lutra synth' reads them.
load_package flow
cd [file dirname [file normalize [info script]]]
project_new {top} -overwrite
set_global_assignment -name FAMILY "Arria 10"
set_global_assignment -name DEVICE 10AX115S2F45I1SG
set_global_assignment -name TOP_LEVEL_ENTITY {top}
set_global_assignment -name PROJECT_OUTPUT_DIRECTORY quartus
set_global_assignment -name SDC_FILE quartus.sdc
set_global_assignment -name OPTIMIZATION_MODE "HIGH PERFORMANCE EFFORT"
set_global_assignment -name AUTO_SHIFT_REGISTER_RECOGNITION OFF
{files}foreach port {{rst in_valid in_data out_valid out_data}} {{
  set_instance_assignment -name VIRTUAL_PIN ON -to $port
}}
execute_flow -compile
project_close
)tcl",
                     fmt::arg("top", script_word(design.top)),
                     fmt::arg("files", sources(design, "set_global_assignment -name SYSTEMVERILOG_FILE ", "\n")));
}

std::string quartus_sdc(const Design& design) {
  return fmt::format(R"sdc(create_clock -name clk -period {period} [get_ports clk]
set_clock_uncertainty {uncertainty:.3f} -to [get_clocks clk]
)sdc",
                     fmt::arg("period", design.clock_ns), fmt::arg("uncertainty", uncertainty_share * design.clock_ns));
}

std::string yosys_script(const Design& design, const Fpga& device) {
  std::string steps;
  for (const std::string& step : synthesis_steps(design.top, device.family, SynthFlow::frozen_adders))
    steps += step + "\n";
  return "# Open synthesis of " + script_word(design.top) + ": run 'yosys yosys.ys' in this folder.\n" +
         "read_verilog -sv" + sources(design, " ", "") + "\n" + steps + "stat\nwrite_verilog -noattr netlist.v\n";
}

}  // namespace

std::vector<ProjectFile> vendor_projects(const Design& design, const std::string& device_name) {
  const Fpga& device = find_device(device_name);
  return {{"vivado.tcl", vivado_tcl(design, device)}, {"vivado.xdc", vivado_xdc(design)},
          {"quartus.tcl", quartus_tcl(design)},       {"quartus.sdc", quartus_sdc(design)},
          {"yosys.ys", yosys_script(design, device)}, {freeze_adders_file, freeze_adders_map}};
}

}  // namespace lutra
