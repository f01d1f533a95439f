#include "synth/synthesise.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/temporary.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Twelve 8-bit inputs, summed by eleven adders that each have a name, and registered.
std::string adder_tree() {
  std::string text =
      "module toy (input logic clk, rst, in_valid, input logic [95:0] in_data,\n"
      "            output logic out_valid, output logic [11:0] out_data);\n";
  for (int i = 0; i < 12; ++i)
    text += "  wire [11:0] s" + std::to_string(i) + " = {4'b0, in_data[" + std::to_string(8 * i) + " +: 8]};\n";
  for (int i = 0; i < 11; ++i)
    text += "  wire [11:0] s" + std::to_string(12 + i) + " = s" + std::to_string(2 * i) + " + s" +
            std::to_string(2 * i + 1) + ";\n";
  return text +
         "  always_ff @(posedge clk) begin out_data <= s22; out_valid <= ~rst & in_valid; end\n"
         "endmodule\n";
}

Design toy_design(const fs::path& folder, const std::string& text) {
  write_text_atomically(folder / "toy.sv", text);
  Design design;
  design.top = "toy";
  design.files = {"toy.sv"};
  design.latency_cycles = 7;
  design.interval_cycles = 2;
  design.clock_ns = 2.5;
  return design;
}

SynthResult synthesise_toy(const std::string& text, const SynthOptions& options = {}) {
  const TemporaryFolder folder;
  return synthesise(toy_design(folder.path(), text), folder.path(), options, no_progress);
}

TEST(Synthesise, AnAdderCostsItsWidth) {
  const SynthResult result = synthesise_toy(
      "module toy (input logic clk, rst, in_valid, input logic [15:0] in_data, output logic out_valid, "
      "output logic [7:0] out_data);\n"
      "always_ff @(posedge clk) begin out_data <= in_data[7:0] + in_data[15:8]; out_valid <= in_valid; end\n"
      "endmodule\n");
  EXPECT_EQ(result.cells.lut(), 8) << "one per bit";
  EXPECT_EQ(result.cells.carry, 2);
  EXPECT_EQ(result.cells.ff, 9);
  EXPECT_EQ(result.cells.dsp + result.cells.bram18 + result.cells.srl, 0);
  EXPECT_TRUE(result.tool.starts_with("Yosys "));
}

TEST(Synthesise, FrozenAddersBeatThePlainFlow) {
  std::vector<std::uint64_t> seen;
  const TemporaryFolder folder;
  const Design design = toy_design(folder.path(), adder_tree());
  SynthOptions options{.work = folder.path() / "work"};
  const SynthResult frozen =
      synthesise(design, folder.path(), options,
                 [&](std::string_view, std::uint64_t done, std::uint64_t) { seen.push_back(done); });
  options.flow = SynthFlow::plain;
  const SynthResult plain = synthesise(design, folder.path(), options, no_progress);
  // Eleven adders of 8 to 12 bits.
  EXPECT_GE(frozen.cells.lut(), 6 * 8 + 3 * 9 + 10 + 11);
  EXPECT_LE(frozen.cells.lut(), 11 * 12);
  EXPECT_LT(1.2 * static_cast<double>(frozen.cells.lut()), static_cast<double>(plain.cells.lut()));
  EXPECT_TRUE(fs::exists(options.work / "netlist.v"));
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_GT(seen.back(), 8u);
}

TEST(Synthesise, MultipliersAndMemoriesBecomeLuts) {
  const SynthResult result = synthesise_toy(
      "module toy (input logic clk, rst, in_valid, input logic [15:0] in_data, output logic out_valid, "
      "output logic [15:0] out_data);\n"
      "logic [7:0] t;\n"
      "always_comb case (in_data[3:0]) 0: t = 7; 3: t = 99; 9: t = 1; default: t = 250; endcase\n"
      "always_ff @(posedge clk) begin out_data <= in_data[7:0] * in_data[15:8] + t; out_valid <= ~rst & in_valid; end\n"
      "endmodule\n");
  EXPECT_GT(result.cells.lut(), 60);
  EXPECT_EQ(result.cells.dsp, 0);
  EXPECT_EQ(result.cells.bram18, 0);
}

TEST(Synthesise, JsonHasWhatScriptsRead) {
  SynthResult result;
  result.cells.lut_by_size = {0, 1, 2, 3, 4, 5, 17265};
  result.cells.ff = 34560;
  result.device = "xcvu13p";
  result.latency_cycles = 7;
  result.clock_ns = 2.5;
  const Json json = synth_to_json(result);
  EXPECT_EQ(json["lut"], 17280);
  EXPECT_EQ(json["lut_by_size"]["6"], 17265);
  EXPECT_DOUBLE_EQ(json["latency_ns"], 17.5);
  EXPECT_DOUBLE_EQ(json["shares"]["lut"], 0.01);
  EXPECT_DOUBLE_EQ(json["shares"]["ff"], 0.01);
  for (const char* key : {"carry", "dsp", "bram", "latency_cycles", "interval_cycles"}) EXPECT_TRUE(json.contains(key));
}

TEST(Synthesise, ShowsWhyYosysRefuses) {
  try {
    synthesise_toy("module toy (input logic clk);\n  wire a = ;\nendmodule\n");
    FAIL() << "nonsense was synthesised";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("toy.sv:2"), std::string::npos) << e.what();
    EXPECT_EQ(std::string(e.what()).find('\n'), std::string::npos);
  }
}

TEST(Synthesise, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(synthesise_toy("module toy; endmodule", {.device = "abacus"}), Error);
  EXPECT_THROW(parse_synth_flow("magic", "flags"), Error);
  EXPECT_EQ(parse_synth_flow("plain", "flags"), SynthFlow::plain);
}

TEST(Synthesise, CanBeInterrupted) {
  const TemporaryFolder folder;
  const Design design = toy_design(folder.path(), adder_tree());
  const auto stop = [](std::string_view, std::uint64_t, std::uint64_t) { throw Interrupted(); };
  EXPECT_THROW(synthesise(design, folder.path(), {}, stop), Interrupted);
}

}  // namespace
}  // namespace lutra
