#include "rtl/testbench.h"

#include <fmt/format.h>

#include "base/random.h"
#include "ir/interpret.h"
#include "rtl/text_template.h"

namespace lutra {
namespace {

std::vector<Interval> input_ranges(const Program& program) {
  std::vector<Interval> ranges(static_cast<std::size_t>(program.inputs), interval_of(program.input_format));
  for (const Value& v : program.values)
    if (v.op == Opcode::input) ranges[static_cast<std::size_t>(v.a)] = v.range;
  return ranges;
}

std::vector<std::int64_t> random_event(const std::vector<Interval>& ranges, std::uint64_t seed, std::size_t index) {
  Random random(seed, RandomStream::verify, index);
  std::vector<std::int64_t> event;
  for (const Interval& r : ranges) {
    const std::int64_t value = r.lo + random.below(static_cast<std::uint32_t>(r.hi - r.lo + 1));
    event.push_back(index == 0 ? r.lo : index == 1 ? r.hi : value);
  }
  return event;
}

constexpr const char* text = R"(
// Drives every vector into the design and compares its outputs; prints PASS or FAIL.
module tb_@TOP;
  logic clk = 1'b0, rst = 1'b1, in_valid = 1'b0;
  logic [@IN_TOP:0] in_data = '0;
  logic out_valid;
  logic [@OUT_TOP:0] out_data;
  @TOP dut (.clk(clk), .rst(rst), .in_valid(in_valid), .in_data(in_data), .out_valid(out_valid), .out_data(out_data));

  logic [@IN_TOP:0] inputs [0:@LAST_IN];
  logic [@OUT_TOP:0] expected [0:@LAST];
  integer sent = 0, received = 0, errors = 0, clock = 0, wait_clocks = 0;

  always #1 clk = ~clk;
  initial begin
    $readmemh("@IN_FILE", inputs);
    $readmemh("@OUT_FILE", expected);
  end

  always @(negedge clk) begin
    clock = clock + 1;
    rst = clock < 4;
    in_valid = 1'b0;
    in_data = 'x;  // between events
    if (clock >= 4 && wait_clocks == 0 && sent <= @LAST_IN) begin
      in_valid = 1'b1;
      in_data = inputs[sent];
      sent = sent + 1;
      if (sent % @CHUNKS == 0) wait_clocks = @INTERVAL - @CHUNKS + ((sent % 7 == 0) ? 1 : 0);  // now and then a gap
    end else if (wait_clocks > 0) wait_clocks = wait_clocks - 1;
    if (clock > (@LAST + 2) * (@INTERVAL + 1) + @LATENCY + 20) begin
      $display("FAIL: %0d of %0d outputs came", received, @LAST + 1);
      $finish;
    end
  end

  always @(posedge clk) if (out_valid && !rst) begin
    if (out_data !== expected[received]) begin
      if (errors == 0) $display("FAIL at event %0d: got %h, expected %h", received, out_data, expected[received]);
      errors = errors + 1;
    end
    received = received + 1;
    if (received == @LAST + 1) begin
      if (errors == 0) $display("PASS %0d", received);
      $finish;
    end
  end
endmodule
)";

}  // namespace

std::string packed_hex(const std::vector<std::int64_t>& values, const std::vector<int>& bits) {
  std::string digits;  // lowest first
  unsigned nibble = 0, filled = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    for (int b = 0; b < bits[i]; ++b) {
      nibble |= static_cast<unsigned>(values[i] >> b & 1) << filled;
      if (++filled < 4) continue;
      digits += fmt::format("{:x}", nibble);
      nibble = filled = 0;
    }
  if (filled > 0) digits += fmt::format("{:x}", nibble);
  return {digits.rbegin(), digits.rend()};
}

Vectors make_vectors(const Program& program, std::uint64_t seed, std::size_t events) {
  Vectors vectors;
  vectors.events = events;
  const std::vector<int> in_bits(static_cast<std::size_t>(program.inputs), program.input_format.bits);
  std::vector<int> out_bits;
  for (const Output& o : program.outputs) out_bits.push_back(o.format.bits);
  const std::vector<Interval> ranges = input_ranges(program);
  std::vector<std::vector<std::int64_t>> stream;
  for (std::size_t e = 0; e < events; ++e) {
    const std::vector<std::int64_t> event = random_event(ranges, seed, e);
    vectors.inputs += packed_hex(event, in_bits) + "\n";
    stream.push_back(event);
  }
  for (const auto& outputs : interpret_stream(program, stream)) vectors.outputs += packed_hex(outputs, out_bits) + "\n";
  return vectors;
}

std::string testbench_text(const Design& design, std::size_t events) {
  int out_bits = 0;
  for (const Format& f : design.outputs) out_bits += f.bits;
  return fill_template(text, {{"TOP", design.top},
                              {"IN_TOP", std::to_string(design.inputs * design.input_format.bits - 1)},
                              {"OUT_TOP", std::to_string(out_bits - 1)},
                              {"LAST", std::to_string(events - 1)},
                              {"LAST_IN", std::to_string(events * static_cast<std::size_t>(design.chunks) - 1)},
                              {"CHUNKS", std::to_string(design.chunks)},
                              {"IN_FILE", input_vectors_file},
                              {"OUT_FILE", output_vectors_file},
                              {"INTERVAL", std::to_string(design.interval_cycles)},
                              {"LATENCY", std::to_string(design.latency_cycles)}});
}

}  // namespace lutra
