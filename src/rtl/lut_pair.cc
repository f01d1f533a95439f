#include "rtl/lut_pair.h"

namespace lutra {

std::string lut_pair_text() {
  return R"(// Two functions of the same five bits: y[0] = LOW[x], y[1] = HIGH[x]. One LUT6_2 of UltraScale+.
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
)";
}

}  // namespace lutra
