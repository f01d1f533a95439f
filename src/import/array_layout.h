#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "import/byte_stream.h"
#include "import/number_type.h"

namespace lutra {

/// What the header of an .npy or idx file says. The numbers follow it.
struct ArrayLayout {
  NumberType type;
  std::vector<std::uint64_t> shape;  // events first
  bool fortran_order = false;        // first index fastest

  std::uint64_t rows() const { return shape[0]; }
  /// Numbers in one row.
  std::uint64_t width() const;
};

/// Largest row that is read, in numbers, and largest number of rows.
inline constexpr std::uint64_t max_row_width = 1 << 22;
inline constexpr std::uint64_t max_rows = 1ull << 32;

/// Error naming `where` unless there are 1 to max_rows rows of 1 to max_row_width numbers each.
void check_shape(const std::vector<std::uint64_t>& shape, const std::string& where);

/// "[100, 9, 16]"
std::string shape_text(const std::vector<std::uint64_t>& shape);

/// NumPy format 1, 2 or 3 (numpy.lib.format). Error naming `where` on anything malformed.
ArrayLayout read_npy_header(ByteStream& stream, const std::string& where);

/// LeCun's idx format: 0, 0, type, dimensions, then each dimension as a big-endian 32-bit number.
ArrayLayout read_idx_header(ByteStream& stream, const std::string& where);

}  // namespace lutra
