#pragma once
#include <filesystem>

#include "ir/program.h"
#include "ir/schedule.h"
#include "rtl/design.h"

namespace lutra {

/// The fragment search in firmware: which window of an image holds the most hits. The image comes in chunks of
/// columns_per_clock() columns, one per clock; a result leaves for every image.
struct WindowSearchShape {
  int rows = 9;
  int cols = 384;
  int window = 32;    // columns
  int stride = 1;     // between candidate windows; of equal windows the lowest start wins
  int pool_rows = 1;  // hits are counted in cells of pool_rows x pool_cols
  int pool_cols = 2;
  int interval_cycles = 12;  // clocks between images

  int columns_per_clock() const { return (cols + interval_cycles - 1) / interval_cycles; }
  int chunks() const { return cols / columns_per_clock(); }
  int chunks_per_window() const { return window / columns_per_clock(); }
};

/// Error unless the chunks tile image and window, the stride divides a chunk, and pooling divides the window.
void check(const WindowSearchShape& shape);

/// The search of one chunk, one per clock, as a program with memory (Opcode::previous).
/// Inputs (u1.0): chunk row by row, then a flag that is 1 for the chunk that completes window 0.
/// Outputs: the flag; hits of the best window that ends in this chunk; its number n, for start
/// (chunk - chunks_per_window) x columns_per_clock + stride x (n + 1); its pooled cells, row by row.
///
/// Moving a window by one column adds a column and drops one: with e_j the difference of the two, hits are
/// T + e_0 + ... + e_j. A tree of (sum, largest prefix sum, its place) finds the largest without computing them all.
Program window_search_program(const WindowSearchShape& shape);

/// Writes the search as module `name` with ports
///   clk, rst, in_valid, in_first (first chunk of an image), in_data (chunk, row by row)
///   out_valid (one clock per image), out_start, out_hits, out_data (pooled cells), kept until the next image
/// Chunks of an image come in consecutive clocks. Returns the files, in compile order, and the latency from the last
/// chunk to out_valid in clocks.
struct WindowSearchFiles {
  std::vector<std::string> files;
  int latency_cycles = 0;
  int start_bits = 0;
};
WindowSearchFiles write_window_search(const std::filesystem::path& folder, const WindowSearchShape& shape,
                                      const Program& program, const Schedule& schedule, const std::string& name,
                                      bool three_inputs);

}  // namespace lutra
