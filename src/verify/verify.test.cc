#include "verify/verify.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/contract.h"
#include "base/error.h"
#include "base/temporary.h"
#include "model/evaluate.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// One dense layer without bias.
Network dense(int inputs, std::vector<std::int64_t> weights, Quantizer output) {
  Layer layer;
  layer.name = "sum";
  layer.inputs = {network_input};
  layer.out_channels = static_cast<int>(weights.size()) / inputs;
  layer.weights = std::move(weights);
  layer.weight_frac.assign(static_cast<std::size_t>(layer.out_channels), 0);
  layer.bias = std::vector<std::int64_t>(layer.weight_frac.size(), 0);
  layer.bias_frac = layer.weight_frac;
  layer.output = {output};
  Network network;
  network.input = {1, 1, inputs};
  network.input_format = {2, 0, false};
  network.layers = {layer};
  return network;
}

/// y = x0 + 2 x1 - x2 + 3 x3 of u2.0 inputs, as s6.0.
Network weighted_sum() { return dense(4, {1, 2, -1, 3}, {{6, 0, true}, Rounding::down, Overflow::wrap}); }

/// weighted_sum() in two register stages, one event per clock.
constexpr const char* weighted_sum_rtl = R"(
module toy (input logic clk, rst, in_valid, input logic [7:0] in_data, output logic out_valid, output logic [5:0] out_data);
  logic [5:0] a, b;
  logic [1:0] valid;
  always_ff @(posedge clk) begin
    a <= {4'b0, in_data[1:0]} + {3'b0, in_data[3:2], 1'b0};
    b <= 6'd3 * {4'b0, in_data[7:6]} - {4'b0, in_data[5:4]};
    out_data <= a + b;
    valid <= rst ? 2'b0 : {valid[0], in_valid};
  end
  assign out_valid = valid[1];
endmodule
)";

/// Nine sums of the same 40 u2.0 inputs, as s8.0: both ports are wider than 64 bits.
Network wide_sum() {
  return dense(40, std::vector<std::int64_t>(9 * 40, 1), {{8, 0, true}, Rounding::down, Overflow::saturate});
}

/// wide_sum() with ten inputs per clock: one event every four clocks, five clocks from in_valid to out_valid.
constexpr const char* wide_sum_rtl = R"(
module toy (input logic clk, rst, in_valid, input logic [79:0] in_data, output logic out_valid, output logic [71:0] out_data);
  logic [79:0] held;
  logic [3:0] busy;
  logic [7:0] total, part;
  always_comb begin
    part = 0;
    for (int i = 0; i < 10; i++) part += {6'b0, held[2*i +: 2]};
  end
  always_ff @(posedge clk) begin
    held <= in_valid ? in_data : held >> 20;
    total <= busy[0] ? part : total + part;
    busy <= rst ? 4'b0 : {busy[2:0], in_valid};
    out_valid <= ~rst & busy[3];
  end
  assign out_data = {9{total > 127 ? 8'd127 : total}};
endmodule
)";

Design write_toy(const fs::path& folder, const std::string& text, const Network& network, int interval, int latency) {
  write_text_atomically(folder / "toy.sv", text);
  Design design;
  design.top = "toy";
  design.interval_cycles = interval;
  design.latency_cycles = latency;
  design.inputs = network.input.size();
  design.input_format = network.input_format;
  design.input_range = interval_of(network.input_format);
  design.outputs = Evaluator(network).output_formats();
  design.files = {"toy.sv"};
  return design;
}

std::string mutate(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  expects(at != std::string::npos, "the mutation has a place");
  return text.replace(at, from.size(), to);
}

VerifyResult verify_toy(const std::string& text, const Network& network, int interval, int latency,
                        const VerifyOptions& options = {}) {
  const TemporaryFolder folder;
  const Design design = write_toy(folder.path(), text, network, interval, latency);
  return verify_rtl(network, design, folder.path(), {}, options, no_progress);
}

TEST(VerifyRtl, AcceptsACorrectPipeline) {
  const TemporaryFolder folder;
  const Network network = weighted_sum();
  const Design design = write_toy(folder.path(), weighted_sum_rtl, network, 1, 2);
  std::vector<std::int16_t> given;
  for (int i = 0; i < 256; ++i)
    for (int k = 0; k < 8; k += 2) given.push_back(static_cast<std::int16_t>(i >> k & 3));
  VerifyOptions options{.random_events = 20000, .work = folder.path() / "work"};
  const VerifyResult one = verify_rtl(network, design, folder.path(), given, options, no_progress);
  EXPECT_TRUE(one.passed());
  EXPECT_FALSE(one.first);
  EXPECT_EQ(one.given, 256u);
  EXPECT_EQ(one.corner, 4u + 2 * 4);
  EXPECT_EQ(one.events, 256u + 12 + 20000);

  options.threads = 2;
  const auto built = fs::last_write_time(options.work / "built");
  const VerifyResult two = verify_rtl(network, design, folder.path(), given, options, no_progress);
  EXPECT_EQ(fs::last_write_time(options.work / "built"), built) << "the simulator is built once";
  EXPECT_EQ(verify_to_json(one), verify_to_json(two)) << "the same for any number of threads";

  write_text_atomically(folder.path() / "toy.sv", mutate(weighted_sum_rtl, "6'd3", "6'd2"));
  const VerifyResult three = verify_rtl(network, design, folder.path(), given, options, no_progress);
  EXPECT_GT(three.mismatches, 0u) << "built again when the RTL has changed";
}

TEST(VerifyRtl, DrivesWidePortsAndSlowDesigns) {
  const VerifyResult result = verify_toy(wide_sum_rtl, wide_sum(), 4, 5);
  EXPECT_TRUE(result.passed()) << (result.first ? describe(*result.first) : "");
}

TEST(VerifyRtl, FindsAWrongConstantAndSaysWhere) {
  const VerifyResult result = verify_toy(mutate(weighted_sum_rtl, "a + b", "a + b + 6'd1"), weighted_sum(), 1, 2);
  EXPECT_EQ(result.mismatches, result.events);
  ASSERT_TRUE(result.first);
  EXPECT_EQ(result.first->origin, InputOrigin::corner);
  EXPECT_EQ(result.first->event, 0u);
  EXPECT_EQ(result.first->inputs, (std::vector<std::int16_t>{0, 0, 0, 0}));
  EXPECT_EQ(describe(*result.first), "corner event 0: expected [0], the RTL gave [1]");
  EXPECT_EQ(verify_to_json(result)["first_mismatch"]["got"], Json({1}));
}

TEST(VerifyRtl, FindsAFaultInOneInputValueOnly) {
  const std::string text = mutate(weighted_sum_rtl, "a + b;", "(a == 6'd9 && b == 6'd8) ? 6'd0 : a + b;");
  const VerifyResult result = verify_toy(text, weighted_sum(), 1, 2);
  ASSERT_TRUE(result.first);
  EXPECT_LT(result.mismatches, result.events / 20);
  EXPECT_EQ(result.first->inputs, (std::vector<std::int16_t>{3, 3, 1, 3}));
  EXPECT_EQ(result.first->expected, std::vector<std::int64_t>{17});
}

TEST(VerifyRtl, FindsAWrongLatency) {
  const VerifyResult result = verify_toy(weighted_sum_rtl, weighted_sum(), 1, 3);
  EXPECT_EQ(result.mismatches, result.events);
  EXPECT_EQ(describe(*result.first), "corner event 0: the output came after 2 clocks instead of 3");
}

TEST(VerifyRtl, FindsAnIntervalThatIsTooShort) {
  const VerifyResult result = verify_toy(wide_sum_rtl, wide_sum(), 3, 5);
  EXPECT_GT(result.mismatches, result.events / 2);
}

TEST(VerifyRtl, FindsValidBitsThatIgnoreTheReset) {
  const std::string text =
      mutate(weighted_sum_rtl, "rst ? 2'b0 : {valid[0], in_valid}", "{valid[0], in_valid | (rst & 1'b0)}");
  const VerifyResult result = verify_toy(text, weighted_sum(), 1, 2);
  EXPECT_GT(result.unexpected, 0u);
  EXPECT_FALSE(result.passed());
}

TEST(VerifyRtl, FindsOutputsThatNeverCome) {
  const VerifyResult result =
      verify_toy(mutate(weighted_sum_rtl, "= valid[1]", "= 1'b0 & valid[1]"), weighted_sum(), 1, 2);
  EXPECT_EQ(result.mismatches, result.events);
  EXPECT_EQ(describe(*result.first), "corner event 0: no output came; expected [0]");
}

TEST(VerifyRtl, RefusesRtlOfAnotherNetwork) {
  const TemporaryFolder folder;
  Design design = write_toy(folder.path(), weighted_sum_rtl, weighted_sum(), 1, 2);
  EXPECT_THROW(verify_rtl(wide_sum(), design, folder.path(), {}, {}, no_progress), Error);
  design.network_hash = "0123456789abcdef";
  EXPECT_THROW(verify_rtl(weighted_sum(), design, folder.path(), {}, {}, no_progress), Error);
}

TEST(VerifyRtl, RefusesInputsThatDoNotFit) {
  const TemporaryFolder folder;
  const Design design = write_toy(folder.path(), weighted_sum_rtl, weighted_sum(), 1, 2);
  const std::vector<std::int16_t> short_event = {1, 2, 3};
  EXPECT_THROW(verify_rtl(weighted_sum(), design, folder.path(), short_event, {}, no_progress), Error);
  Design narrow = design;
  narrow.input_range = {0, 2};
  const std::vector<std::int16_t> too_large = {1, 2, 3, 0};
  EXPECT_THROW(verify_rtl(weighted_sum(), narrow, folder.path(), too_large, {}, no_progress), Error);
}

TEST(VerifyRtl, ShowsWhyVerilatorRefuses) {
  try {
    verify_toy(mutate(weighted_sum_rtl, "a + b", "a + nowhere"), weighted_sum(), 1, 2);
    FAIL() << "a broken design was built";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("nowhere"), std::string::npos) << e.what();
  }
}

TEST(VerifyRtl, CanBeInterruptedWhileBuilding) {
  const TemporaryFolder folder;
  const Design design = write_toy(folder.path(), weighted_sum_rtl, weighted_sum(), 1, 2);
  const auto stop = [](std::string_view, std::uint64_t, std::uint64_t) { throw Interrupted(); };
  EXPECT_THROW(verify_rtl(weighted_sum(), design, folder.path(), {}, {}, stop), Interrupted);
}

}  // namespace
}  // namespace lutra
