#include "rtl/lut_pair.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/artifact.h"
#include "base/process.h"

namespace lutra {
namespace {

/// The vendor's cell as its documentation defines it (UG974).
constexpr const char* cell = R"(
module LUT6_2 #(parameter [63:0] INIT = 0) (input I0, I1, I2, I3, I4, I5, output O6, O5);
  assign O6 = INIT[{I5, I4, I3, I2, I1, I0}];
  assign O5 = INIT[{1'b0, I4, I3, I2, I1, I0}];
endmodule
)";

constexpr const char* bench = R"(
module tb;
  logic [4:0] x;
  logic [1:0] y;
  integer errors = 0;
  localparam logic [31:0] high = 32'hc0ffee42, low = 32'h12345678;
  lutra_lut_pair #(.HIGH(high), .LOW(low)) pair (.x(x), .y(y));
  initial begin
    for (int i = 0; i < 32; i = i + 1) begin
      x = 5'(i);
      #1;
      if (y[1] !== high[i] || y[0] !== low[i]) errors = errors + 1;
    end
    $display("errors %0d", errors);
  end
endmodule
)";

TEST(LutPair, ThePrimitiveIsTwoTables) {
  const auto folder = std::filesystem::temp_directory_path() / ("lutra_lut_pair_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  write_text_atomically(folder / "tb.sv", std::string(cell) + bench);
  write_text_atomically(folder / lut_pair_file, lut_pair_text());
  for (const char* define : {"-DSYNTHESIS", "-DSIMULATION"}) {
    const ProcessResult built =
        run_process({"iverilog", "-g2012", define, "-s", "tb", "-o", "sim", "tb.sv", lut_pair_file}, {folder, 60});
    ASSERT_EQ(built.status, 0) << built.output;
    EXPECT_EQ(run_process({"vvp", "-n", "sim"}, {folder, 60}).output, "errors 0\n") << define;
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace lutra
