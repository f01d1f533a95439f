#pragma once
#include "fuzz/memory_stream.h"
#include "import/array_stream.h"

/// Reads all rows of an array whose header has been read, unless a row is long.
inline void read_array(std::unique_ptr<MemoryStream> stream, const lutra::ArrayLayout& layout) {
  constexpr std::uint64_t max_width = 1 << 12;
  if (layout.width() > max_width) return;
  const auto rows = lutra::read_array_rows(std::move(stream), layout, "data");
  std::vector<double> values;
  while (rows->next(16, values) > 0) values.clear();
}
