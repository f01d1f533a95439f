#pragma once
#include <filesystem>
#include <string>

#include "chain/window_search.h"
#include "ir/schedule.h"
#include "rtl/design_files.h"

namespace lutra {

/// The two programs of a window search, scheduled for a clock.
struct WindowSearchPrograms {
  Program chunks, cells;  // chunk_program(), cell_program()
  Schedule chunk_schedule, cell_schedule;
};

struct WindowSearchFiles {
  std::vector<std::string> files;  // in compile order
  FileHashes hashes;
  int latency_cycles = 0;  // from the last chunk of an image to out_valid
};

/// Writes the search as module `name` with ports
///   clk, rst, in_valid, in_first (first chunk of an image), in_data (chunk, row by row)
///   out_valid (one clock per image), out_start, out_data (pooled cells, row by row)
/// Chunks of an image come in consecutive clocks; what follows its last chunk and is no first chunk is ignored, and so
/// are columns of the last chunk beyond the last window.
WindowSearchFiles write_window_search(const std::filesystem::path& folder, const WindowSearchShape& shape,
                                      const WindowSearchPrograms& programs, const std::string& name);

}  // namespace lutra
