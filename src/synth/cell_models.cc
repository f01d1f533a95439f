#include "synth/cell_models.h"

namespace lutra {

const char* const cell_models = R"verilog(
module LUT1 (input I0, output O);
  parameter [1:0] INIT = 0;
  \$lut #(.WIDTH(1), .LUT(INIT)) lut (.A(I0), .Y(O));
endmodule
module LUT2 (input I0, I1, output O);
  parameter [3:0] INIT = 0;
  \$lut #(.WIDTH(2), .LUT(INIT)) lut (.A({I1, I0}), .Y(O));
endmodule
module LUT3 (input I0, I1, I2, output O);
  parameter [7:0] INIT = 0;
  \$lut #(.WIDTH(3), .LUT(INIT)) lut (.A({I2, I1, I0}), .Y(O));
endmodule
module LUT4 (input I0, I1, I2, I3, output O);
  parameter [15:0] INIT = 0;
  \$lut #(.WIDTH(4), .LUT(INIT)) lut (.A({I3, I2, I1, I0}), .Y(O));
endmodule
module LUT5 (input I0, I1, I2, I3, I4, output O);
  parameter [31:0] INIT = 0;
  \$lut #(.WIDTH(5), .LUT(INIT)) lut (.A({I4, I3, I2, I1, I0}), .Y(O));
endmodule
module LUT6 (input I0, I1, I2, I3, I4, I5, output O);
  parameter [63:0] INIT = 0;
  \$lut #(.WIDTH(6), .LUT(INIT)) lut (.A({I5, I4, I3, I2, I1, I0}), .Y(O));
endmodule
module LUT6_2 (input I0, I1, I2, I3, I4, I5, output O6, O5);
  parameter [63:0] INIT = 0;
  \$lut #(.WIDTH(6), .LUT(INIT)) whole (.A({I5, I4, I3, I2, I1, I0}), .Y(O6));
  \$lut #(.WIDTH(5), .LUT(INIT[31:0])) half (.A({I4, I3, I2, I1, I0}), .Y(O5));
endmodule
module INV (input I, output O);
  assign O = ~I;
endmodule
module MUXF7 (input I0, I1, S, output O);
  assign O = S ? I1 : I0;
endmodule
module MUXF8 (input I0, I1, S, output O);
  assign O = S ? I1 : I0;
endmodule
module MUXF9 (input I0, I1, S, output O);
  assign O = S ? I1 : I0;
endmodule
module CARRY4 (input CI, CYINIT, input [3:0] DI, S, output [3:0] CO, O);
  wire c = CI | CYINIT;  // one of the two is in use, the other is 0
  assign CO = {S[3] ? CO[2] : DI[3], S[2] ? CO[1] : DI[2], S[1] ? CO[0] : DI[1], S[0] ? c : DI[0]};
  assign O = S ^ {CO[2:0], c};
endmodule
module CARRY8 (input CI, CI_TOP, input [7:0] DI, S, output [7:0] CO, O);
  parameter CARRY_TYPE = "SINGLE_CY8";
  assign CO[3:0] = {S[3] ? CO[2] : DI[3], S[2] ? CO[1] : DI[2], S[1] ? CO[0] : DI[1], S[0] ? CI : DI[0]};
  wire c = CARRY_TYPE == "SINGLE_CY8" ? CO[3] : CI_TOP;
  assign CO[7:4] = {S[7] ? CO[6] : DI[7], S[6] ? CO[5] : DI[6], S[5] ? CO[4] : DI[5], S[4] ? c : DI[4]};
  assign O = S ^ {CO[6:4], c, CO[2:0], CI};
endmodule
module FDRE (input C, CE, D, R, output Q);
  parameter INIT = 0;
  \$_SDFFE_PP0P_ ff (.C(C), .E(CE), .R(R), .D(D), .Q(Q));
endmodule
module FDSE (input C, CE, D, S, output Q);
  parameter INIT = 0;
  \$_SDFFE_PP1P_ ff (.C(C), .E(CE), .R(S), .D(D), .Q(Q));
endmodule
)verilog";

}  // namespace lutra
