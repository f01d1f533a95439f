#include "import/table.h"

#include <string_view>

#include "base/error.h"
#include "import/array_table.h"
#include "import/byte_stream.h"
#include "import/csv_table.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// HDF5 files start at 0, 512, 1024, 2048, ... (a user block may come before).
bool is_hdf5(std::string_view head) {
  const std::string_view magic = "\x89HDF\r\n\x1a\n";
  if (head.starts_with(magic)) return true;
  for (std::size_t at = 512; at + magic.size() <= head.size(); at *= 2)
    if (head.substr(at).starts_with(magic)) return true;
  return false;
}

bool is_idx(std::string_view head) {
  return head.size() >= 4 && head[0] == 0 && head[1] == 0 && head[2] >= 8 && head[2] <= 14 && head[3] >= 1 &&
         head[3] <= 8;
}

bool is_text(std::string_view head) {
  for (const char c : head)
    if (static_cast<unsigned char>(c) < 32 && std::string_view("\t\r\n").find(c) == std::string_view::npos)
      return false;
  return !head.empty();
}

}  // namespace

std::size_t ArrayInfo::width() const {
  std::size_t width = 1;
  for (const std::uint64_t size : row_shape) width *= size;
  return width;
}

std::unique_ptr<TableFile> open_table(const fs::path& path, const CsvOptions& csv) {
  const std::string head = first_bytes(path, 1 << 13);
  if (head.starts_with("\x93NUMPY")) return open_npy(path);
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return open_npz(path);
  if (is_hdf5(head)) return open_hdf5(path);
  if (is_idx(head)) return open_idx(path);
  if (is_text(head)) return open_csv(path, csv);
  throw Error(path.string() + " is not a data file that can be read", "its first bytes fit none of the formats",
              "CSV, .npy, .npz, HDF5 and idx files are read");
}

}  // namespace lutra
