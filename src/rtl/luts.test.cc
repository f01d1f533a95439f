#include "rtl/luts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/artifact.h"
#include "base/process.h"

namespace lutra {
namespace {

/// The vendor's cells as its documentation defines them (UG974).
constexpr const char* cells = R"(
module LUT6 #(parameter [63:0] INIT = 0) (input I0, I1, I2, I3, I4, I5, output O);
  assign O = INIT[{I5, I4, I3, I2, I1, I0}];
endmodule
module LUT6_2 #(parameter [63:0] INIT = 0) (input I0, I1, I2, I3, I4, I5, output O6, O5);
  assign O6 = INIT[{I5, I4, I3, I2, I1, I0}];
  assign O5 = INIT[{1'b0, I4, I3, I2, I1, I0}];
endmodule
)";

constexpr const char* bench = R"(
module tb;
  logic [5:0] x;
  logic [1:0] y;
  logic z;
  integer errors = 0;
  localparam logic [31:0] high = 32'hc0ffee42, low = 32'h12345678;
  lutra_lut_pair #(.HIGH(high), .LOW(low)) pair (.x(x[4:0]), .y(y));
  lutra_lut #(.INIT({high, low})) one (.x(x), .y(z));
  initial begin
    for (int i = 0; i < 64; i = i + 1) begin
      x = 6'(i);
      #1;
      if (y[1] !== high[i % 32] || y[0] !== low[i % 32]) errors = errors + 1;
      if (z !== (i < 32 ? low[i] : high[i - 32])) errors = errors + 1;
    end
    $display("errors %0d", errors);
  end
endmodule
)";

TEST(Luts, ThePrimitivesAreTables) {
  const auto folder = std::filesystem::temp_directory_path() / ("lutra_luts_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  write_text_atomically(folder / "tb.sv", std::string(cells) + bench);
  write_text_atomically(folder / luts_file, luts_text());
  for (const char* define : {"-DSYNTHESIS", "-DSIMULATION"}) {
    const ProcessResult built =
        run_process({"iverilog", "-g2012", define, "-s", "tb", "-o", "sim", "tb.sv", luts_file}, {folder, 60});
    ASSERT_EQ(built.status, 0) << built.output;
    EXPECT_EQ(run_process({"vvp", "-n", "sim"}, {folder, 60}).output, "errors 0\n") << define;
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace lutra
