#include "import/table.h"

#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"
#include "import/byte_stream.h"

namespace {

constexpr std::string_view hdf5_magic = "\x89HDF\r\n\x1a\n";
constexpr std::size_t most_arrays = 8;
constexpr int most_blocks = 64;

/// The bytes as a file of any format but HDF5 (see hdf5.cc): opened by content, every array read.
void parse(std::string_view bytes) {
  if (bytes.find(hdf5_magic) != std::string_view::npos) return;
  const auto path = as_file("table", bytes);
  if (lutra::first_bytes(path, 1 << 13).find(hdf5_magic) != std::string::npos) return;
  const auto table = lutra::open_table(path);
  std::vector<double> values;
  for (std::size_t array = 0; array < std::min(most_arrays, table->arrays().size()); ++array) {
    if (table->arrays()[array].width() > 1 << 16) continue;
    try {
      const auto rows = table->open({{array, nullptr}});
      for (int block = 0; block < most_blocks && rows->next(64, values) > 0; ++block) values.clear();
    } catch (const lutra::Error&) {
    }
  }
}

}  // namespace

LUTRA_FUZZ(parse)
