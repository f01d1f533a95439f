#include "chain/window_search_rtl.h"

#include <bit>

#include "base/artifact.h"
#include "rtl/layer_modules.h"
#include "rtl/text_template.h"

namespace lutra {
namespace {

constexpr const char* head =
    R"(// Fragment search: @ROWS x @COLS hits in @CHUNKS chunks of @CHUNK columns, window @WINDOW, stride @STRIDE.
module @NAME (
    input  logic clk,
    input  logic rst,
    input  logic in_valid,
    input  logic in_first,
    input  logic [@IN_TOP:0] in_data,
    output logic out_valid,
    output logic [@START_TOP:0] out_start,
    output logic [@CELLS_TOP:0] out_data
);
  logic [@COUNT_TOP:0] chunk, number;  // of the chunk before this one, plus 1; of this one
  assign number = in_first ? @COUNT'd0 : chunk;
  always_ff @(posedge clk) if (in_valid) chunk <= number + @COUNT'd1;

  // The best window of every chunk, its hits counted from the chunk's base.
  logic found_valid;
  logic [@HITS_TOP:0] found_best, found_sum;
  logic [@PLACE_TOP:0] found_place;
  logic [@SPAN_TOP:0] found_span;
  @NAME_chunk chunk_search (.clk(clk), .rst(rst), .in_valid(in_valid), .in_data({@FLAGSin_data}),
      .out_valid(found_valid), .out_data({found_span, found_place, found_sum, found_best}));
  logic [@CHUNK_STAGES:1] first;  // in_first on its way
  always_ff @(posedge clk) first <= @FIRST_NEXT;
  logic found_first;
  assign found_first = first[@CHUNK_STAGES];

  // Its hits.
  logic in_image, running, candidate_valid;
  logic [@COUNT_TOP:0] next, candidate_chunk;
  logic [@HITS_TOP:0] base, base_now, candidate_hits;
  logic [@PLACE_TOP:0] candidate_place;
  logic [@SPAN_TOP:0] candidate_span;
  assign next = found_first ? @COUNT'd0 : candidate_chunk + @COUNT'd1;
  assign running = found_valid & (found_first | in_image);
  assign base_now = found_first ? @HITS'd0 : base;
  always_ff @(posedge clk) begin
    if (rst) in_image <= 1'b0;
    else if (found_valid) in_image <= running & (next != @COUNT'd@LAST);
    candidate_valid <= ~rst & running@COMPLETE;
    if (running) candidate_chunk <= next;
    base <= base_now + found_sum;
    candidate_hits <= base_now + found_best;
    candidate_place <= found_place;
    candidate_span <= found_span;
  end

  // The best window of the image so far.
  logic better, done;
  logic [@COUNT_TOP:0] best_chunk;
  logic [@HITS_TOP:0] best_hits;
  logic [@PLACE_TOP:0] best_place;
  logic [@SPAN_TOP:0] best_span;
  assign better = candidate_valid & ((candidate_chunk == @COUNT'd@FIRST) | (candidate_hits > best_hits));
  always_ff @(posedge clk) begin
    done <= ~rst & candidate_valid & (candidate_chunk == @COUNT'd@LAST);
    if (better) begin
      best_chunk <= candidate_chunk;
      best_hits <= candidate_hits;
      best_place <= candidate_place;
      best_span <= candidate_span;
    end
  end

  // Its start, as late as its cells.
  logic [@START_TOP:0] start [0:@DELAY_TOP];
  always_ff @(posedge clk)
    start[0] <= @START'd@CHUNK_STEP * @START'(best_chunk) + @START'd@STRIDE * @START'(best_place) - @START'd@OFFSET;
@DELAYS  assign out_start = start[@DELAY_TOP];

)";

/// All cells in one clock.
constexpr const char* one_group =
    R"(  @NAME_cells cells (.clk(clk), .rst(rst), .in_valid(done), .in_data({@PLACE_BITSbest_span}),
      .out_valid(out_valid), .out_data(out_data));
endmodule
)";

/// Some rows of cells per clock, the first at once, the others from a copy: the best window may change meanwhile.
constexpr const char* several_groups =
    R"(  // Its cells, in @GROUPS clocks.
  logic [@GROUPS_TOP:1] turn, part_valid;  // of the groups after the first
  logic first_valid;
  logic [@SPAN_TOP:@KEPT_LOW] kept_span;
@PLACE_DECLARED  logic [@PART_TOP:0] part;
  logic [@EARLY_TOP:0] early;
  always_ff @(posedge clk) begin
    turn <= rst ? '0 : @TURN_NEXT;
    part_valid <= rst ? '0 : @PART_NEXT;
    if (done) kept_span <= best_span[@SPAN_TOP:@KEPT_LOW];
@PLACE_KEPT  end
@PLACE_ASSIGN  @NAME_cells cells (.clk(clk), .rst(rst), .in_valid(done),
      .in_data({turn, @PLACE_BITSkept_span, best_span[@FIRST_SPAN_TOP:0]}),
      .out_valid(first_valid), .out_data(part));
  always_ff @(posedge clk) begin
@CAPTURES  end
  assign out_valid = part_valid[@GROUPS_TOP];
  assign out_data = {part@PART_USED, early};
endmodule
)";

int bits_for(int largest) { return std::max(1, static_cast<int>(std::bit_width(static_cast<unsigned>(largest)))); }

using Values = std::vector<std::pair<std::string, std::string>>;

std::string top(int bits) { return std::to_string(bits - 1); }

/// The next state of a shift register [length:1].
std::string shifted_in(const std::string& name, int length, const std::string& bit) {
  return length == 1 ? bit : "{" + name + "[" + top(length) + ":1], " + bit + "}";
}

std::string flags_text(const WindowSearchShape& s, const std::string& count) {
  const ChunkFlags flags = chunk_flags(s);
  const auto is = [&](const char* op, int chunk) {
    return "number " + std::string(op) + " " + count + "'d" + std::to_string(chunk) + ", ";
  };
  return (flags.at_last ? is("==", s.chunks() - 1) : "") + (flags.before_first ? is("<", s.first_chunk()) : "") +
         (flags.at_first ? is("==", s.first_chunk()) : "");
}

void add_sizes(Values& v, const WindowSearchShape& s, const WindowSearchPrograms& p, int delay) {
  const int count = bits_for(s.chunks()), hits = s.hits_bits(), start = s.start_bits();
  const std::string width = std::to_string(count);
  const auto number = [&](const std::string& name, int value) { v.emplace_back(name, std::to_string(value)); };
  number("ROWS", s.rows);
  number("COLS", s.cols);
  number("CHUNKS", s.chunks());
  number("CHUNK", s.chunk());
  number("WINDOW", s.window);
  number("STRIDE", s.stride);
  number("IN_TOP", s.rows * s.chunk() - 1);
  number("START", start);
  number("START_TOP", start - 1);
  number("CELLS_TOP", s.cells() * s.cell_bits() - 1);
  number("COUNT", count);
  number("COUNT_TOP", count - 1);
  number("PLACE_TOP", p.chunks.outputs[2].format.bits - 1);
  number("SPAN_TOP", s.rows * s.span() - 1);
  number("CHUNK_STAGES", p.chunk_schedule.stages);
  v.emplace_back("FIRST_NEXT", shifted_in("first", p.chunk_schedule.stages, "in_first"));
  number("HITS", hits);
  number("HITS_TOP", hits - 1);
  number("LAST", s.chunks() - 1);
  number("FIRST", s.first_chunk());
  number("CHUNK_STEP", s.chunk() & ((1 << start) - 1));
  number("OFFSET", (s.stride * (s.places() * s.first_chunk() + s.first_place())) & ((1 << start) - 1));
  number("DELAY_TOP", delay - 1);
  v.emplace_back("COMPLETE",
                 s.first_chunk() == 0 ? "" : " & (next >= " + width + "'d" + std::to_string(s.first_chunk()) + ")");
  v.emplace_back("FLAGS", flags_text(s, width));
  std::string delays;
  for (int d = 1; d < delay; ++d)
    delays += "  always_ff @(posedge clk) start[" + std::to_string(d) + "] <= start[" + std::to_string(d - 1) + "];\n";
  v.emplace_back("DELAYS", delays);
}

void add_groups(Values& v, const WindowSearchShape& s) {
  const int groups = s.groups(), per_group = s.rows_per_group();
  const int part = per_group / s.pool_rows * (s.window / s.pool_cols) * s.cell_bits();
  const int last = s.cells() * s.cell_bits() - (groups - 1) * part;
  const bool has_place = s.place_bits() > 0;
  v.emplace_back("GROUPS", std::to_string(groups));
  v.emplace_back("GROUPS_TOP", std::to_string(groups - 1));
  v.emplace_back("TURN_NEXT", shifted_in("turn", groups - 1, "done"));
  v.emplace_back("PART_NEXT", shifted_in("part_valid", groups - 1, "first_valid"));
  v.emplace_back("KEPT_LOW", std::to_string(per_group * s.span()));
  v.emplace_back("FIRST_SPAN_TOP", std::to_string(per_group * s.span() - 1));
  v.emplace_back("PART_TOP", std::to_string(part - 1));
  v.emplace_back("EARLY_TOP", std::to_string((groups - 1) * part - 1));
  v.emplace_back("PART_USED", last == part ? "" : "[" + top(last) + ":0]");
  v.emplace_back("PLACE_DECLARED", has_place ? "  logic [" + top(s.place_bits()) + ":0] kept_place, place;\n" : "");
  v.emplace_back("PLACE_KEPT", has_place ? "    if (done) kept_place <= best_place;\n" : "");
  v.emplace_back("PLACE_ASSIGN", has_place ? "  assign place = done ? best_place : kept_place;\n" : "");
  v.emplace_back("PLACE_BITS", !has_place ? "" : groups > 1 ? "place, " : "best_place, ");
  std::string captures;
  for (int g = 0; g + 1 < groups; ++g)
    captures += "    if (" + (g == 0 ? "first_valid" : "part_valid[" + std::to_string(g) + "]") + ") early[" +
                std::to_string((g + 1) * part - 1) + ":" + std::to_string(g * part) + "] <= part;\n";
  v.emplace_back("CAPTURES", captures);
}

}  // namespace

WindowSearchFiles write_window_search(const std::filesystem::path& folder, const WindowSearchShape& s,
                                      const WindowSearchPrograms& p, const std::string& name) {
  WindowSearchFiles written;
  const auto write = [&](const std::string& file, const std::string& content) {
    write_design_file(folder, written.hashes, file, content);
    written.files.push_back(file);
  };
  const auto write_modules = [&](const Program& program, const Schedule& schedule, const std::string& module) {
    const DesignModules modules = make_modules(program, schedule, module, false);
    for (const verilog::Module& m : modules.layers) write(m.name + ".sv", verilog::print(m));
    write(modules.top.name + ".sv", verilog::print(modules.top));
  };
  write_modules(p.chunks, p.chunk_schedule, name + "_chunk");
  write_modules(p.cells, p.cell_schedule, name + "_cells");
  const int delay = p.cell_schedule.stages + s.groups() - 1;
  Values values{{"NAME", name}};
  add_sizes(values, s, p, delay);
  add_groups(values, s);
  write(name + ".sv", fill_template(std::string(head) + (s.groups() > 1 ? several_groups : one_group), values));
  written.latency_cycles = p.chunk_schedule.stages + 2 + delay;
  return written;
}

}  // namespace lutra
