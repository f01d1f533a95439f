#include <bit>

#include "base/artifact.h"
#include "rtl/layer_modules.h"
#include "rtl/primitives.h"
#include "rtl/text_template.h"
#include "rtl/window_search.h"

namespace lutra {
namespace {

// The running best of an image. Chunks before the one that completes window 0 are ignored.
constexpr const char* text =
    R"(// Fragment search: @ROWS x @COLS hits, window @WINDOW, stride @STRIDE; @CHUNK columns per clock.
module @NAME (
    input  logic clk,
    input  logic rst,
    input  logic in_valid,
    input  logic in_first,
    input  logic [@IN_TOP:0] in_data,
    output logic out_valid,
    output logic [@START_TOP:0] out_start,
    output logic [@HITS_TOP:0] out_hits,
    output logic [@CELLS_TOP:0] out_data
);
  logic [@COUNT_TOP:0] chunk;  // number of the chunk before this one, plus 1
  logic [@COUNT_TOP:0] number;
  assign number = in_first ? @COUNT'd0 : chunk;
  always_ff @(posedge clk) if (in_valid) chunk <= number + @COUNT'd1;

  logic found_valid, found_flag;
  logic [@HITS_TOP:0] found_hits;
  logic [@PLACE_TOP:0] found_place;
  logic [@CELLS_TOP:0] found_data;
  @NAME_core core (.clk(clk), .rst(rst), .in_valid(in_valid), .in_data({number == @COUNT'd@FLAG, in_data}),
      .out_valid(found_valid), .out_data({found_data, found_place, found_hits, found_flag}));

  logic active;
  logic [@COUNT_TOP:0] group;  // chunks since window 0
  logic better;
  assign better = found_flag | (found_hits > out_hits);
  always_ff @(posedge clk) begin
    out_valid <= ~rst & found_valid & @LAST;
    if (rst) active <= 1'b0;
    else if (found_valid) active <= (found_flag | active) & ~(@LAST);
    if (found_valid & (found_flag | active)) begin
      group <= found_flag ? @COUNT'd0 : group + @COUNT'd1;
      if (better) begin
        out_hits <= found_hits;
        out_data <= found_data;
        out_start <= found_flag ? @START'd0 : @START_EXPR;
      end
    end
  end
endmodule
)";

int bits_for(int largest) { return std::max(1, static_cast<int>(std::bit_width(static_cast<unsigned>(largest)))); }

}  // namespace

WindowSearchFiles write_window_search(const std::filesystem::path& folder, const WindowSearchShape& s,
                                      const Program& program, const Schedule& schedule, const std::string& name,
                                      bool three_inputs) {
  WindowSearchFiles written;
  const auto write = [&](const std::string& file, const std::string& content) {
    write_text_atomically(folder / file, content);
    written.files.push_back(file);
  };
  if (three_inputs)
    for (const PrimitiveFile& file : primitive_files()) write(file.name, file.text);
  const DesignModules modules = make_modules(program, schedule, name + "_core", three_inputs);
  for (const verilog::Module& m : modules.layers) write(m.name + ".sv", verilog::print(m));
  write(modules.top.name + ".sv", verilog::print(modules.top));

  const int chunk = s.columns_per_clock(), groups = s.chunks() - s.chunks_per_window();
  const int count = bits_for(s.chunks()), start = bits_for(s.cols);
  int cells = 0;
  for (std::size_t i = 3; i < program.outputs.size(); ++i) cells += program.outputs[i].format.bits;
  const int hits = program.outputs[1].format.bits, place = program.outputs[2].format.bits;
  const std::string width = std::to_string(start) + "'";
  const std::string last = groups == 0 ? "found_flag"
                                       : "(active & ~found_flag & (group == " + std::to_string(count) + "'d" +
                                             std::to_string(groups - 1) + "))";
  const std::string position = width + "d" + std::to_string(chunk) + " * " + width + "(group) + " + width + "d" +
                               std::to_string(s.stride) + " * (" + width + "(found_place) + " + width + "d1)";
  const auto top = [](int bits) { return std::to_string(bits - 1); };
  write(name + ".sv", fill_template(text, {{"ROWS", std::to_string(s.rows)},
                                           {"COLS", std::to_string(s.cols)},
                                           {"WINDOW", std::to_string(s.window)},
                                           {"STRIDE", std::to_string(s.stride)},
                                           {"CHUNK", std::to_string(chunk)},
                                           {"NAME", name},
                                           {"IN_TOP", top(s.rows * chunk)},
                                           {"START_TOP", top(start)},
                                           {"HITS_TOP", top(hits)},
                                           {"CELLS_TOP", top(cells)},
                                           {"COUNT_TOP", top(count)},
                                           {"COUNT", std::to_string(count)},
                                           {"PLACE_TOP", top(place)},
                                           {"FLAG", std::to_string(s.chunks_per_window() - 1)},
                                           {"LAST", last},
                                           {"START_EXPR", position},
                                           {"START", std::to_string(start)}}));
  written.latency_cycles = schedule.stages + 1;
  written.start_bits = start;
  return written;
}

}  // namespace lutra
