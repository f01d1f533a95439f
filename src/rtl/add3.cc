#include "rtl/add3.h"

namespace lutra {

std::string add3_text() {
  return R"(// Three-input adder of UltraScale+: y = a + b + c, where the bits of NOT_A, NOT_B and NOT_C are complemented. One LUT6_2
// per bit of TABLES; elsewhere at most one of the inputs and the carry saved from the bit below is not constant 0.
/* verilator lint_off UNUSEDPARAM */
module lutra_add3 #(
    parameter int W = 8,
    parameter logic [W-1:0] TABLES = '1,
    parameter logic [W-1:0] NOT_A = '0,
    parameter logic [W-1:0] NOT_B = '0,
    parameter logic [W-1:0] NOT_C = '0
) (
    input  logic [W-1:0] a,
    input  logic [W-1:0] b,
    input  logic [W-1:0] c,
    output logic [W-1:0] y
);
`ifdef SYNTHESIS
  localparam int N = (W + 7) / 8;
  wire [8*N-1:0] s, d, o;
  wire [8*N-1:0] co;
  wire [W-1:0] majority;
  genvar i, k;  // apart from the loops, for Icarus Verilog
  for (i = 0; i < 8 * N; i = i + 1) begin : bit_of
    if (i >= W) begin : pad
      assign s[i] = 1'b0;
      assign d[i] = 1'b0;
    end else begin : used
      if (i == 0) begin : first
        assign d[i] = 1'b0;
      end else begin : next
        assign d[i] = majority[i-1];
      end
      if (TABLES[i]) begin : summed
        // O6 = a ^ b ^ c ^ d, O5 = majority(a, b, c), of inputs complemented as told
        localparam logic [7:0] A = NOT_A[i] ? 8'h55 : 8'haa, B = NOT_B[i] ? 8'h33 : 8'hcc, C = NOT_C[i] ? 8'h0f : 8'hf0;
        localparam logic [7:0] ODD = A ^ B ^ C, MANY = (A & B) | (A & C) | (B & C);
        LUT6_2 #(.INIT({~ODD, ODD, ~ODD, ODD, MANY, MANY, MANY, MANY})) lut (
            .I0(a[i]), .I1(b[i]), .I2(c[i]), .I3(d[i]), .I4(1'b0), .I5(1'b1), .O6(s[i]), .O5(majority[i]));
      end else begin : passed
        assign s[i] = (a[i] ^ NOT_A[i]) | (b[i] ^ NOT_B[i]) | (c[i] ^ NOT_C[i]) | d[i];
        assign majority[i] = 1'b0;
      end
    end
  end
  for (k = 0; k < N; k = k + 1) begin : carry_of
    CARRY8 carry (
        .CI(k == 0 ? 1'b0 : co[8*((k == 0) ? 1 : k)-1]), .CI_TOP(1'b0),
        .DI(d[8*k+:8]), .S(s[8*k+:8]), .O(o[8*k+:8]), .CO(co[8*k+:8]));
  end
  assign y = o[W-1:0];
`else
  assign y = (a ^ NOT_A) + (b ^ NOT_B) + (c ^ NOT_C);
`endif
endmodule
/* verilator lint_on UNUSEDPARAM */
)";
}

}  // namespace lutra
