#include "rtl/add3.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/artifact.h"
#include "base/process.h"

namespace lutra {
namespace {

/// The vendor's cells as its documentation defines them (UG974).
constexpr const char* cells = R"(
module LUT6_2 #(parameter [63:0] INIT = 0) (input I0, I1, I2, I3, I4, I5, output O6, O5);
  assign O6 = INIT[{I5, I4, I3, I2, I1, I0}];
  assign O5 = INIT[{1'b0, I4, I3, I2, I1, I0}];
endmodule
module CARRY8 (input CI, CI_TOP, input [7:0] DI, S, output [7:0] O, CO);
  wire [8:0] c;
  assign c[0] = CI;
  for (genvar i = 0; i < 8; i = i + 1) assign c[i+1] = S[i] ? c[i] : DI[i];
  assign O = S ^ c[7:0];
  assign CO = c[8:1];
endmodule
)";

/// All inputs of a 4-bit adder with all tables, random ones of 19 bits, and one whose bits 0 and 6 hold one input only
/// and whose bit 5 takes the saved carry alone.
constexpr const char* bench = R"(
module tb;
  logic [3:0] a, b, c, y;
  logic [18:0] p, q, r, z;
  logic [6:0] x;
  integer errors = 0;
  lutra_add3 #(.W(4), .TABLES(4'b1111)) narrow (.a(a), .b(b), .c(c), .y(y));
  lutra_add3 #(.W(19), .TABLES(19'h7ffff)) wide (.a(p), .b(q), .c(r), .y(z));
  lutra_add3 #(.W(7), .TABLES(7'b0011110)) sparse (.a({p[6], 1'b0, p[4:0]}), .b({2'b0, q[4:1], 1'b0}), .c({3'b0, r[3:1], 1'b0}), .y(x));
  logic [4:0] mixed;
  lutra_add3 #(.W(5), .TABLES(5'b11110), .NOT_A(5'b00111), .NOT_B(5'b01010), .NOT_C(5'b10110)) complemented (
      .a(5'(a)), .b({b, 1'b0}), .c({c, 1'b0}), .y(mixed));
  initial begin
    for (int i = 0; i < 4096; i = i + 1) begin
      {a, b, c} = 12'(i);
      p = 19'($random);
      q = 19'($random);
      r = 19'($random);
      #1;
      if (y !== 4'(a + b + c) || z !== 19'(p + q + r)) errors = errors + 1;
      if (mixed !== 5'((5'(a) ^ 5'b00111) + ({b, 1'b0} ^ 5'b01010) + ({c, 1'b0} ^ 5'b10110))) errors = errors + 1;
      if (x !== 7'({p[6], 1'b0, p[4:0]} + {2'b0, q[4:1], 1'b0} + {3'b0, r[3:1], 1'b0})) errors = errors + 1;
    end
    $display("errors %0d", errors);
  end
endmodule
)";

TEST(Add3, PrimitivesAddLikeTheBehaviouralModel) {
  const auto folder = std::filesystem::temp_directory_path() / ("lutra_add3_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  write_text_atomically(folder / "tb.sv", std::string(cells) + bench);
  write_text_atomically(folder / add3_file, add3_text());
  for (const char* define : {"-DSYNTHESIS", "-DSIMULATION"}) {
    const ProcessResult built =
        run_process({"iverilog", "-g2012", define, "-s", "tb", "-o", "sim", "tb.sv", add3_file}, {folder, 60});
    ASSERT_EQ(built.status, 0) << built.output;
    EXPECT_EQ(run_process({"vvp", "-n", "sim"}, {folder, 60}).output, "errors 0\n") << define;
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace lutra
