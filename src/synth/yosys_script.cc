#include "synth/yosys_script.h"

#include "base/error.h"
#include "rtl/identifier.h"

namespace lutra {

const char* const freeze_adders_map =
    R"verilog(// One carry chain per adder: keeps Yosys' alumacc from merging adders into carry-save trees.
(* techmap_celltype = "$add $sub" *)
module freeze_add_sub (A, B, Y);
  parameter A_SIGNED = 0;
  parameter B_SIGNED = 0;
  parameter A_WIDTH = 1;
  parameter B_WIDTH = 1;
  parameter Y_WIDTH = 1;
  parameter _TECHMAP_CELLTYPE_ = "";
  input [A_WIDTH-1:0] A;
  input [B_WIDTH-1:0] B;
  output [Y_WIDTH-1:0] Y;
  wire [Y_WIDTH-1:0] x, co;
  localparam [0:0] SUB = _TECHMAP_CELLTYPE_ == "$sub";
  \$alu #(.A_SIGNED(A_SIGNED), .B_SIGNED(B_SIGNED), .A_WIDTH(A_WIDTH), .B_WIDTH(B_WIDTH), .Y_WIDTH(Y_WIDTH))
    alu (.A(A), .B(B), .BI(SUB), .CI(SUB), .Y(Y), .X(x), .CO(co));
endmodule

(* techmap_celltype = "$neg" *)
module freeze_neg (A, Y);
  parameter A_SIGNED = 0;
  parameter A_WIDTH = 1;
  parameter Y_WIDTH = 1;
  input [A_WIDTH-1:0] A;
  output [Y_WIDTH-1:0] Y;
  wire [Y_WIDTH-1:0] x, co;
  \$alu #(.A_SIGNED(A_SIGNED), .B_SIGNED(A_SIGNED), .A_WIDTH(1), .B_WIDTH(A_WIDTH), .Y_WIDTH(Y_WIDTH))
    alu (.A(1'b0), .B(A), .BI(1'b1), .CI(1'b1), .Y(Y), .X(x), .CO(co));
endmodule
)verilog";

std::string to_string(SynthFlow flow) { return flow == SynthFlow::frozen_adders ? "frozen_adders" : "plain"; }

SynthFlow parse_synth_flow(const std::string& text, const std::string& where) {
  for (const SynthFlow flow : {SynthFlow::frozen_adders, SynthFlow::plain})
    if (text == to_string(flow)) return flow;
  throw Error(where + " has no synthesis flow \"" + text + "\"", "", "Use frozen_adders or plain");
}

std::vector<std::string> synthesis_steps(const std::string& top, const std::string& family, SynthFlow flow) {
  const std::string synth = "synth_xilinx -family " + script_word(family) + " -top " + script_word(top) +
                            " -flatten -noiopad -noclkbuf -nodsp -nobram -nosrl -run ";
  std::vector<std::string> steps = {synth + "begin:prepare", synth + "prepare:coarse"};
  if (flow == SynthFlow::frozen_adders) steps.push_back(std::string("techmap -map ") + freeze_adders_file);
  for (const char* part : {"coarse:map_memory", "map_memory:fine", "fine:map_cells", "map_cells:map_ffs",
                           "map_ffs:map_luts", "map_luts:finalize", "finalize:edif"})
    steps.push_back(synth + part);
  return steps;
}

}  // namespace lutra
