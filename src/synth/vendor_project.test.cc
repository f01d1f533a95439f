#include "synth/vendor_project.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/artifact.h"
#include "base/error.h"
#include "base/process.h"
#include "base/temporary.h"

namespace lutra {
namespace {

Design toy_design() {
  Design design;
  design.top = "toy";
  design.clock_ns = 2.5;
  design.files = {"part.sv", "toy.sv"};
  return design;
}

std::string text_of(const std::vector<ProjectFile>& files, const std::string& name) {
  for (const ProjectFile& file : files)
    if (file.name == name) return file.text;
  ADD_FAILURE() << name << " is missing";
  return "";
}

TEST(VendorProject, VivadoKnowsPartClockAndSources) {
  const std::vector<ProjectFile> files = vendor_projects(toy_design(), "xcvu13p");
  const std::string tcl = text_of(files, "vivado.tcl");
  EXPECT_NE(tcl.find("read_verilog -sv [list part.sv toy.sv]"), std::string::npos);
  EXPECT_NE(tcl.find("-mode out_of_context -top toy -part xcvu13p-flga2577-2-e"), std::string::npos);
  for (const char* stage : {"post_synth", "post_place", "post_route"})
    EXPECT_NE(tcl.find(std::string("reports ") + stage), std::string::npos);
  const std::string xdc = text_of(files, "vivado.xdc");
  EXPECT_NE(xdc.find("-period 2.5 "), std::string::npos);
  EXPECT_NE(xdc.find("set_clock_uncertainty 0.250"), std::string::npos);
}

TEST(VendorProject, QuartusHasVirtualPinsForAllButTheClock) {
  const std::string tcl = text_of(vendor_projects(toy_design(), "xcvu13p"), "quartus.tcl");
  EXPECT_NE(tcl.find("SYSTEMVERILOG_FILE part.sv\n"), std::string::npos);
  EXPECT_NE(tcl.find("VIRTUAL_PIN"), std::string::npos);
  EXPECT_EQ(tcl.find("clk"), std::string::npos);
}

TEST(VendorProject, TclIsWellFormed) {
  // Braces and brackets balance: a broken script would only be noticed by who has the vendor tool.
  for (const ProjectFile& file : vendor_projects(toy_design(), "xcvu9p")) {
    if (!file.name.ends_with(".tcl") && !file.name.ends_with("dc")) continue;
    for (const auto& [open, close] : {std::pair{'{', '}'}, std::pair{'[', ']'}})
      EXPECT_EQ(std::count(file.text.begin(), file.text.end(), open),
                std::count(file.text.begin(), file.text.end(), close))
          << file.name;
  }
}

TEST(VendorProject, TheYosysScriptRunsOnItsOwn) {
  const TemporaryFolder folder;
  write_text_atomically(folder.path() / "part.sv",
                        "module part (input logic [7:0] a, b, output logic [7:0] y); assign y = a + b; endmodule\n");
  write_text_atomically(
      folder.path() / "toy.sv",
      "module toy (input logic clk, rst, in_valid, input logic [15:0] in_data, output logic out_valid,\n"
      "            output logic [7:0] out_data);\n"
      "  logic [7:0] y;\n"
      "  part adder (.a(in_data[7:0]), .b(in_data[15:8]), .y);\n"
      "  always_ff @(posedge clk) begin out_data <= y; out_valid <= in_valid; end\n"
      "endmodule\n");
  for (const ProjectFile& file : vendor_projects(toy_design(), "xcvu13p"))
    write_text_atomically(folder.path() / file.name, file.text);
  const ProcessResult result = run_process({"yosys", "yosys.ys"}, {.directory = folder.path()});
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_NE(read_text(folder.path() / "netlist.v").find("CARRY4"), std::string::npos);
}

TEST(VendorProject, UnknownDevicesAreRefused) { EXPECT_THROW(vendor_projects(toy_design(), "abacus"), Error); }

}  // namespace
}  // namespace lutra
