#include "chain/chain_text.h"

#include "rtl/text_template.h"

namespace lutra {
namespace {

constexpr const char* module_text =
    R"(// The whole trigger: raw hits to decision. An image is @CHUNKS chunks of @ROWS x @CHUNK hits in consecutive clocks; the bit
// above the hits marks the first chunk. Out: pT, position (in columns x 2^-@SHIFT) and decision, @LATENCY clocks after
// the last chunk.
module @TOP (
    input  logic clk,
    input  logic rst,
    input  logic in_valid,
    input  logic [@IN_TOP:0] in_data,
    output logic out_valid,
    output logic [@OUT_TOP:0] out_data
);
  logic found;
  logic [@START_TOP:0] start;
  logic [@CELLS_TOP:0] cells;
  @SEARCH search (.clk(clk), .rst(rst), .in_valid(in_valid), .in_first(in_data[@IN_TOP]),
      .in_data(in_data[@HITS_TOP:0]), .out_valid(found), .out_start(start), .out_data(cells));

  logic answered;
  logic [@NET_TOP:0] answer;
  @NETWORK network (.clk(clk), .rst(rst), .in_valid(found), .in_data(cells),
      .out_valid(answered), .out_data(answer));

  // The start waits for the network: images are at least @INTERVAL clocks apart, so that every place keeps it that long.
@WAIT
  logic [@PT_TOP:0] pt;
  logic [@POSITION_TOP:0] wide_start;
  assign pt = answer[@PT_HIGH:@PT_LOW];
  assign wide_start = @START_WIDE;
@ETA
  logic accept;
  logic [@PT_TOP:0] pt_word;
  logic [@POSITION_TOP:0] position;
  always_ff @(posedge clk) begin
    out_valid <= ~rst & answered;
    pt_word <= pt;
    position <= wide_start@PLUS_ETA;
    accept <= @ACCEPT;
  end
  assign out_data = {accept, position, pt_word};
endmodule
)";

constexpr const char* cpp_text = R"(// Bit-exact model of the whole trigger, the search included.
#pragma once
#include <cstdint>

#include "model.h"

namespace @NAMESPACE {

constexpr int rows = @ROWS, cols = @COLS, window = @WINDOW, stride = @STRIDE;

struct Decision {
  int start;              // of the window
  std::int64_t pt;        // in @PT
  std::int64_t position;  // in columns, in @POSITION
  bool accept;
};

/// hits[row * cols + col] is 0 or 1.
inline Decision decide(const std::uint8_t* hits) {
  Decision d{};
  int most = -1;
  for (int start = 0; start + window <= cols; start += stride) {
    int count = 0;
    for (int r = 0; r < rows; ++r)
      for (int c = start; c < start + window; ++c) count += hits[r * cols + c];
    if (count <= most) continue;  // the first of equals
    most = count;
    d.start = start;
  }
  std::int64_t in[inputs] = {}, out[outputs];
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < window; ++c)
      in[r / @POOL_ROWS * (window / @POOL_COLS) + c / @POOL_COLS] += hits[r * cols + d.start + c];
  evaluate(in, out);
  d.pt = out[@PT_INDEX];
  d.position = (std::int64_t{d.start} << @SHIFT)@PLUS_ETA;
  d.accept = d.pt > INT64_C(@REJECTED);
  return d;
}

}  // namespace @NAMESPACE
)";

std::string top(int bits) { return std::to_string(bits - 1); }

/// `name` of `from` bits, extended or cut to `to`.
std::string widened(const std::string& name, Format from, int to) {
  if (to == from.bits) return name;
  if (to < from.bits) return name + "[" + top(to) + ":0]";
  const std::string fill = from.is_signed ? name + "[" + top(from.bits) + "]" : "1'b0";
  return "{{" + std::to_string(to - from.bits) + "{" + fill + "}}, " + name + "}";
}

std::string accept_text(const TriggerRule& r) {
  if (r.largest_rejected < r.pt.min()) return "1'b1";
  if (r.largest_rejected >= r.pt.max()) return "1'b0";
  const std::uint64_t mask = (std::uint64_t{1} << r.pt.bits) - 1;
  const std::string bits = std::to_string(r.pt.bits);
  if (!r.pt.is_signed) return "pt > " + bits + "'d" + std::to_string(r.largest_rejected);
  const auto offset = static_cast<std::uint64_t>(r.largest_rejected - r.pt.min()) & mask;  // without signs
  const std::string flipped =
      r.pt.bits == 1 ? "~pt" : "{~pt[" + top(r.pt.bits) + "], pt[" + top(r.pt.bits - 1) + ":0]}";
  return flipped + " > " + bits + "'d" + std::to_string(offset);
}

/// Registers that keep the start until the network answers.
std::string wait_text(int start_bits, int latency, int interval) {
  const int places = (latency + interval - 1) / interval, last = (places - 1) * interval;
  std::string text = "  logic [" + top(start_bits) + ":0] start_1";
  for (int p = 2; p <= places; ++p) text += ", start_" + std::to_string(p);
  text += ";\n";
  if (last > 0)
    text += "  logic [" + std::to_string(last) + ":1] move;\n  always_ff @(posedge clk) move <= rst ? '0 : " +
            (last == 1 ? std::string("found") : "{move[" + top(last) + ":1], found}") + ";\n";
  text += "  always_ff @(posedge clk) begin\n    if (found) start_1 <= start;\n";
  for (int p = 2; p <= places; ++p)
    text += "    if (move[" + std::to_string((p - 1) * interval) + "]) start_" + std::to_string(p) + " <= start_" +
            std::to_string(p - 1) + ";\n";
  return text + "  end\n";
}

int low_bit(const std::vector<Format>& outputs, std::size_t index) {
  int bit = 0;
  for (std::size_t i = 0; i < index; ++i) bit += outputs[i].bits;
  return bit;
}

/// The eta output, as wide as the position.
std::string eta_text(const std::vector<Format>& outputs, const TriggerRule& r) {
  if (!r.eta_output) return "";
  const int low = low_bit(outputs, *r.eta_output);
  return "  logic [" + top(r.eta.bits) + ":0] eta;\n  logic [" + top(r.position.bits) +
         ":0] wide_eta;\n  assign eta = answer[" + top(low + r.eta.bits) + ":" + std::to_string(low) +
         "];\n  assign wide_eta = " + widened("eta", r.eta, r.position.bits) + ";\n";
}

std::string plus_eta_text(const TriggerRule& r) {
  if (!r.eta_output) return "";
  const std::string factor = std::to_string(r.position.bits) + "'d" + std::to_string(r.eta_factor) + " * ";
  return " + " + (r.eta_factor == 1 ? "" : factor) + "wide_eta";
}

}  // namespace

std::string chain_module(const Design& chain, const Design& network, const WindowSearchShape& s, const TriggerRule& r) {
  const int places = (network.latency_cycles + chain.interval_cycles - 1) / chain.interval_cycles;
  const int pt_low = low_bit(network.outputs, r.pt_output);
  const int wide = r.position.bits;
  const Format start{s.start_bits() + r.start_shift, 0, false};
  const std::string last = "start_" + std::to_string(places);
  const std::string shifted = r.start_shift == 0 ? last : "{" + last + ", " + std::to_string(r.start_shift) + "'d0}";
  const bool whole = start.bits == wide;
  return fill_template(module_text, {{"TOP", chain.top},
                                     {"NETWORK", network.top},
                                     {"SEARCH", chain.chain.at("search").get<std::string>()},
                                     {"CHUNKS", std::to_string(chain.chunks)},
                                     {"CHUNK", std::to_string(s.chunk())},
                                     {"ROWS", std::to_string(s.rows)},
                                     {"SHIFT", std::to_string(r.start_shift)},
                                     {"LATENCY", std::to_string(chain.latency_cycles)},
                                     {"INTERVAL", std::to_string(chain.interval_cycles)},
                                     {"IN_TOP", top(chain.inputs)},
                                     {"HITS_TOP", top(chain.inputs - 1)},
                                     {"OUT_TOP", top(low_bit(chain.outputs, chain.outputs.size()))},
                                     {"START_TOP", top(s.start_bits())},
                                     {"CELLS_TOP", top(s.cells() * s.cell_bits())},
                                     {"NET_TOP", top(low_bit(network.outputs, network.outputs.size()))},
                                     {"WAIT", wait_text(s.start_bits(), network.latency_cycles, chain.interval_cycles)},
                                     {"PT_TOP", top(r.pt.bits)},
                                     {"PT_HIGH", top(pt_low + r.pt.bits)},
                                     {"PT_LOW", std::to_string(pt_low)},
                                     {"ETA", eta_text(network.outputs, r)},
                                     {"PLUS_ETA", plus_eta_text(r)},
                                     {"POSITION_TOP", top(wide)},
                                     {"START_WIDE", whole ? shifted : std::to_string(wide) + "'(" + shifted + ")"},
                                     {"ACCEPT", accept_text(r)}});
}

std::string chain_cpp(const Design& network, const WindowSearchShape& s, const TriggerRule& r) {
  const std::string plus_eta =
      r.eta_output ? " + INT64_C(" + std::to_string(r.eta_factor) + ") * out[" + std::to_string(*r.eta_output) + "]"
                   : "";
  return fill_template(cpp_text, {{"NAMESPACE", network.top},
                                  {"ROWS", std::to_string(s.rows)},
                                  {"COLS", std::to_string(s.cols)},
                                  {"WINDOW", std::to_string(s.window)},
                                  {"STRIDE", std::to_string(s.stride)},
                                  {"POOL_ROWS", std::to_string(s.pool_rows)},
                                  {"POOL_COLS", std::to_string(s.pool_cols)},
                                  {"PT", to_string(r.pt)},
                                  {"POSITION", to_string(r.position)},
                                  {"PT_INDEX", std::to_string(r.pt_output)},
                                  {"PLUS_ETA", plus_eta},
                                  {"SHIFT", std::to_string(r.start_shift)},
                                  {"REJECTED", std::to_string(r.largest_rejected)}});
}

}  // namespace lutra
