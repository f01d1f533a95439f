#pragma once
#include <cstdint>
#include <vector>

#include "ir/program.h"

namespace lutra {

/// The fragment search in firmware: which window of an image holds the most hits, the first of equals, and what is in
/// it. The image comes in chunks of columns, one per clock. Any window, stride, pooling and interval.
struct WindowSearchShape {
  int rows = 9;
  int cols = 384;
  int window = 32;    // columns
  int stride = 1;     // between candidate windows; of equal windows the lowest start wins
  int pool_rows = 1;  // hits are counted in cells of pool_rows x pool_cols
  int pool_cols = 2;
  int interval_cycles = 12;  // clocks between images
  int cell_groups = 3;       // clocks over which the cells of the window are read out, so many rows at a time

  /// Columns per clock, the fewest that meet the interval: a multiple of the stride.
  int chunk() const;
  int windows() const { return (cols - window) / stride + 1; }
  /// Chunks of an image that matter; columns beyond the last window do not.
  int chunks() const;
  /// The chunk in which window 0 ends, and which of the windows that end there it is.
  int first_chunk() const { return (window - 1) / chunk(); }
  int first_place() const { return (window - 1) % chunk() / stride; }
  /// Which of the windows that end in the last chunk is the last.
  int last_place() const { return (window - 1 + (windows() - 1) * stride) % chunk() / stride; }
  /// Windows that end in one chunk.
  int places() const { return chunk() / stride; }
  /// Columns of all windows that end in one chunk.
  int span() const { return window + (places() - 1) * stride; }
  int place_bits() const;  // 0 when only one window ends in a chunk
  int groups() const;      // cell_groups, at most one per chunk and row of cells
  int rows_per_group() const;
  int cells() const { return rows / pool_rows * (window / pool_cols); }
  int cell_bits() const;
  int start_bits() const;
  int hits_bits() const;  // of a window
};

/// Error unless the window fits the image and pooling divides the window.
void check(const WindowSearchShape& shape);

/// What the chunk program is told about a chunk, each when it is of use: inputs (u1.0) after the chunk's hits.
struct ChunkFlags {
  bool at_first = false;      // window 0 ends in this chunk
  bool before_first = false;  // it ends later
  bool at_last = false;       // the last window ends in this chunk, others would follow
};
ChunkFlags chunk_flags(const WindowSearchShape& shape);

/// The best window of those that end in one chunk, one chunk per clock: a program with memory (Opcode::previous).
/// Inputs (u1.0): hits of the chunk row by row, then its flags.
/// Outputs: the most hits of a window, less those of the window before the chunk's first (0 at the start of an image),
/// modulo 2^hits_bits();
/// the same of the chunk's last window; the number of the best window among those of the chunk; hits of the span()
/// columns of all those windows, row by row.
///
/// Moving a window by one stride adds a group of columns and drops one: with d_j the difference of the two, the hits
/// are base + d_0 + ... + d_j. A tree of runs finds the largest. A run keeps its largest prefix `best` and how much its
/// sum is below it, `gap`. For neighbours x, y with t = best_y - gap_x:
///   best = best_x + max(t, 0), gap = gap_y + max(-t, 0), and y's place wins when t > 0.
/// At the start of an image nothing is dropped, so that base is 0 and window 0 is as good as any that begins before it.
Program chunk_program(const WindowSearchShape& shape);

/// The pooled cells of the window, rows_per_group() rows of hits per clock.
/// Inputs (u1.0): hits of the span() columns, row by row; the number of the window among them, in binary; for each
/// group but the first a flag that selects its rows. Outputs: cells, row by row.
Program cell_program(const WindowSearchShape& shape);

struct FoundWindow {
  int start = 0;
  std::vector<std::int64_t> cells;  // [rows / pool_rows][window / pool_cols]
};

/// What the two programs and the registers between them make of an image [rows][cols] of 0 and 1.
FoundWindow run_window_search(const WindowSearchShape& shape, const Program& chunks, const Program& cells,
                              const std::vector<std::int64_t>& image);

/// Hits of chunk k of an image, row by row; 0 beyond its last column.
std::vector<std::int64_t> chunk_hits(const WindowSearchShape& shape, const std::vector<std::int64_t>& image, int k);

}  // namespace lutra
