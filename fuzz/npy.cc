#include "fuzz/fuzz.h"
#include "fuzz/memory_stream.h"
#include "import/array_stream.h"

namespace {

constexpr std::uint64_t max_width = 1 << 12;

void read_rows(std::unique_ptr<MemoryStream> stream, const lutra::ArrayLayout& layout) {
  if (layout.width() > max_width) return;
  const auto rows = lutra::read_array_rows(std::move(stream), layout, "data.npy");
  std::vector<double> values;
  while (rows->next(16, values) > 0) values.clear();
}

/// The same bytes as a NumPy file and as an idx file.
void parse(std::string_view bytes) {
  auto idx = std::make_unique<MemoryStream>(bytes);
  try {
    const lutra::ArrayLayout layout = lutra::read_idx_header(*idx, "data.idx");
    read_rows(std::move(idx), layout);
  } catch (const lutra::Error&) {
  }
  auto npy = std::make_unique<MemoryStream>(bytes);
  const lutra::ArrayLayout layout = lutra::read_npy_header(*npy, "data.npy");
  read_rows(std::move(npy), layout);
}

}  // namespace

LUTRA_FUZZ(parse)
