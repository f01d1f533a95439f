#include "rtl/luts.h"

namespace lutra {

std::string luts_text() {
  return R"(/* verilator lint_off DECLFILENAME */
// A function of six bits: y = INIT[x]. One LUT6 of UltraScale+.
module lutra_lut #(parameter logic [63:0] INIT = 0) (
    input  logic [5:0] x,
    output logic y
);
`ifdef SYNTHESIS
  LUT6 #(.INIT(INIT)) lut (.I0(x[0]), .I1(x[1]), .I2(x[2]), .I3(x[3]), .I4(x[4]), .I5(x[5]), .O(y));
`else
  assign y = INIT[x];
`endif
endmodule

// Two functions of the same five bits: y[0] = LOW[x], y[1] = HIGH[x]. One LUT6_2.
module lutra_lut_pair #(parameter logic [31:0] HIGH = 0, parameter logic [31:0] LOW = 0) (
    input  logic [4:0] x,
    output logic [1:0] y
);
`ifdef SYNTHESIS
  LUT6_2 #(.INIT({HIGH, LOW})) lut (
      .I0(x[0]), .I1(x[1]), .I2(x[2]), .I3(x[3]), .I4(x[4]), .I5(1'b1), .O6(y[1]), .O5(y[0]));
`else
  assign y = {HIGH[x], LOW[x]};
`endif
endmodule
/* verilator lint_on DECLFILENAME */
)";
}

}  // namespace lutra
