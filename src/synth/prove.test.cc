#include "synth/prove.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/contract.h"
#include "base/error.h"
#include "base/temporary.h"
#include "ir/builder.h"
#include "synth/synthesise.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

// A three-input adder of vendor primitives, which the simulator sees as a + b + c. Two stages; three registers of state
// that feed back, as in a design that shares its adder between clocks.
constexpr const char* rtl = R"(
module add3 (input logic [7:0] a, b, c, output logic [7:0] y);
`ifdef SYNTHESIS
  wire [7:0] s, majority, co;
  for (genvar i = 0; i < 8; i = i + 1) begin : bit_of
    wire below;
    if (i == 0) assign below = 1'b0; else assign below = majority[i-1];
    LUT6_2 #(.INIT(64'h69966996_E8E8E8E8)) lut (.I0(a[i]), .I1(b[i]), .I2(c[i]), .I3(below), .I4(1'b0), .I5(1'b1),
                                                .O6(s[i]), .O5(majority[i]));
  end
  CARRY8 carry (.CI(1'b0), .CI_TOP(1'b0), .DI({majority[6:0], 1'b0}), .S(s), .O(y), .CO(co));
`else
  assign y = a + b + c;
`endif
endmodule
module toy (input logic clk, rst, in_valid, input logic [23:0] in_data, output logic out_valid, output logic [9:0] out_data);
  logic [8:0] a, b;
  logic [1:0] valid, phase;
  logic [7:0] three;
  add3 sum (.a(in_data[7:0]), .b(in_data[15:8]), .c(in_data[23:16]), .y(three));
  always_ff @(posedge clk) begin
    phase <= rst ? 2'd0 : phase + {1'b0, in_valid};
    a <= {1'b0, in_data[7:0]} + {1'b0, in_data[15:8]};
    b <= {1'b0, three} - {1'b0, in_data[7:0]};
    out_data <= (phase == 2'd3 ? 10'd77 : {1'b0, a}) - {b[8], b};
    valid <= rst ? 2'b0 : {valid[0], in_valid};
  end
  assign out_valid = valid[1];
endmodule
)";

class Prove : public ::testing::Test {
 protected:
  /// One synthesis for all tests: it takes seconds.
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    write_text_atomically(folder_->path() / "toy.sv", rtl);
    design_.top = "toy";
    design_.files = {"toy.sv"};
    synthesise(design_, folder_->path(), {.work = folder_->path() / "synth"}, no_progress);
    netlist_ = read_text(folder_->path() / "synth" / "netlist.v");
  }
  static void TearDownTestSuite() { delete folder_; }

  static ProofResult prove(const std::string& netlist, const ProofOptions& options = {}) {
    write_text_atomically(folder_->path() / "other.v", netlist);
    return prove_netlist(design_, folder_->path(), folder_->path() / "other.v", options, no_progress);
  }

  static TemporaryFolder* folder_;
  static Design design_;
  static std::string netlist_;
};

TemporaryFolder* Prove::folder_ = nullptr;
Design Prove::design_;
std::string Prove::netlist_;

TEST_F(Prove, ANetlistEqualsItsRtl) {
  const ProofResult result = prove(netlist_);
  EXPECT_EQ(result.verdict, Verdict::equal);
  EXPECT_EQ(result.rtl.registers, 9 + 9 + 2 + 2 + 10) << "a, b, valid, phase, out_data";
  EXPECT_EQ(result.netlist.registers, result.rtl.registers);
  EXPECT_GT(result.netlist.ands, 100);
  EXPECT_EQ(proof_to_json(result)["verdict"], "equal");
}

TEST_F(Prove, OneWrongTableEntryIsFound) {
  std::string broken = netlist_;
  const std::size_t at = broken.find("LUT2 #(");
  ASSERT_NE(at, std::string::npos);
  const std::size_t init = broken.find("4'h", at);
  broken[init + 3] = broken[init + 3] == '6' ? '7' : '6';
  EXPECT_EQ(prove(broken).verdict, Verdict::different);
}

TEST_F(Prove, AWrongPrimitiveIsFound) {
  std::string broken = netlist_;
  const std::size_t at = broken.find("64'h69966996");
  ASSERT_NE(at, std::string::npos) << "the three-input adder is in the netlist";
  broken[at + 11] = '7';  // entry 32: I5 = 1 as always, all others 0
  EXPECT_EQ(prove(broken).verdict, Verdict::different);
}

TEST_F(Prove, AMissingRegisterIsFound) {
  const std::size_t output = netlist_.find(".Q(out_data[0])");
  ASSERT_NE(output, std::string::npos);
  const std::size_t begin = netlist_.rfind("FDRE", output), end = netlist_.find(';', output);
  const std::size_t d = netlist_.find(".D(", begin) + 3;
  const std::string data = netlist_.substr(d, netlist_.find("),\n", d) - d);
  std::string broken = netlist_;
  broken.replace(begin, end - begin, "LUT1 #(.INIT(2'h2)) wire_ (.I0(" + data + "), .O(out_data[0]))");
  EXPECT_EQ(prove(broken).verdict, Verdict::different);
}

TEST_F(Prove, OutOfTimeLeavesItOpen) { EXPECT_EQ(prove(netlist_, {.timeout_s = 1e-9}).verdict, Verdict::open); }

TEST_F(Prove, CellsWithoutAModelAreRefused) {
  std::string foreign = netlist_;
  for (std::size_t at = 0; (at = foreign.find("CARRY4", at)) != std::string::npos; at += 7)
    foreign.replace(at, 6, "MYSTERY");
  EXPECT_THROW(prove(foreign), Error);
}

TEST_F(Prove, CanBeInterrupted) {
  const auto stop = [](std::string_view, std::uint64_t, std::uint64_t) { throw Interrupted(); };
  EXPECT_THROW(prove_netlist(design_, folder_->path(), folder_->path() / "synth" / "netlist.v", {}, stop), Interrupted);
}

/// min(x, 1) as a comparison and as a table of x = 0, 1, 2: equal unless x can be 3.
Program limited(bool as_table, std::int64_t largest) {
  Program frame;
  frame.inputs = 1;
  frame.input_format = {2, 0, false};
  frame.layers = {"limit"};
  Builder b(frame);
  const int x = b.input(0, Interval{0, largest});
  b.set_layer(0);
  b.output(as_table ? b.table(x, {0, 1, 1, 0}, 0, 0) : b.clamp(x, {0, 1}), {1, 0, false});
  return std::move(b).finish();
}

TEST(ProveSame, ComparesProgramsInsideTheInputsRanges) {
  EXPECT_EQ(prove_same(limited(true, 2), limited(false, 2), {}, no_progress).verdict, Verdict::equal);
  EXPECT_EQ(prove_same(limited(true, 3), limited(false, 3), {}, no_progress).verdict, Verdict::different);
}

}  // namespace
}  // namespace lutra
