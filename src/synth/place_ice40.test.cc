#include "synth/place_ice40.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Sum of 32 inputs of 8 bits as a tree, with a register after every `levels` adder levels.
std::string tree(int levels) {
  std::string text =
      "module toy (input logic clk, rst, in_valid, input logic [255:0] in_data, output logic out_valid, "
      "output logic [12:0] out_data);\n";
  std::vector<std::string> values;
  for (int i = 0; i < 32; ++i) values.push_back("in_data[" + std::to_string(8 * i) + " +: 8]");
  int width = 8;
  for (int level = 1, next = 0; values.size() > 1; ++level, ++width) {
    std::vector<std::string> sums;
    for (std::size_t i = 0; i < values.size(); i += 2, ++next) {
      const std::string name = "s" + std::to_string(next);
      const bool is_register = level % levels == 0 || values.size() == 2;
      text += "  logic [" + std::to_string(width) + ":0] " + name + ";\n  ";
      text += is_register ? "always_ff @(posedge clk) " + name + " <= " : "assign " + name + " = ";
      text += "{1'b0, " + values[i] + "} + {1'b0, " + values[i + 1] + "};\n";
      sums.push_back(name);
    }
    values = sums;
  }
  return text + "  assign out_data = " + values[0] + ";\n  assign out_valid = in_valid & ~rst;\nendmodule\n";
}

Design toy_design(const fs::path& folder, const std::string& text, int inputs) {
  write_text_atomically(folder / "toy.sv", text);
  Design design;
  design.top = "toy";
  design.files = {"toy.sv"};
  design.inputs = inputs;
  design.input_format = {8, 0, false};
  design.outputs = {{13, 0, false}};
  return design;
}

TEST(PlaceIce40, ThePeriodGrowsLinearlyWithAdderLevels) {
  const TemporaryFolder folder;
  std::vector<double> period;
  for (const int levels : {1, 2, 3}) {
    const PlacedDesign placed =
        place_ice40(toy_design(folder.path(), tree(levels), 32), folder.path(), {}, no_progress);
    period.push_back(placed.period_ns());
    EXPECT_GT(placed.logic_cells, 256 + 31 * 8) << "shift register and adders";
    EXPECT_LT(placed.logic_cells, placed.available_cells);
  }
  // An HX8K adds 0.126 ns per carry bit, 0.4 ns per LUT and wires of about 1 ns: 1 to 3 ns per level of 9 to 12 bits.
  for (const double step : {period[1] - period[0], period[2] - period[1]}) {
    EXPECT_GT(step, 0.8);
    EXPECT_LT(step, 3.2);
  }
}

TEST(PlaceIce40, DesignsThatDoNotFitAreRefused) {
  const TemporaryFolder folder;
  const std::string wide =
      "module toy (input logic clk, rst, in_valid, input logic [7999:0] in_data, output logic out_valid, "
      "output logic [12:0] out_data);\n"
      "  always_ff @(posedge clk) begin out_valid <= in_valid & ~rst; out_data <= {12'b0, ^in_data}; end\nendmodule\n";
  EXPECT_THROW(place_ice40(toy_design(folder.path(), wide, 1000), folder.path(), {}, no_progress), Error);
}

TEST(PlaceIce40, CanBeInterrupted) {
  const TemporaryFolder folder;
  const auto stop = [](std::string_view, std::uint64_t, std::uint64_t) { throw Interrupted(); };
  EXPECT_THROW(place_ice40(toy_design(folder.path(), tree(1), 32), folder.path(), {}, stop), Interrupted);
}

}  // namespace
}  // namespace lutra
