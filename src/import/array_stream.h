#pragma once
#include <memory>
#include <string>

#include "import/array_layout.h"
#include "import/table.h"

namespace lutra {

/// Rows of an array whose header has been read from `stream`. C order is read in pieces; Fortran order is
/// copied to a temporary file first. Error when the stream is shorter or longer than the layout says.
std::unique_ptr<RowReader> read_array_rows(std::unique_ptr<ByteStream> stream, const ArrayLayout& layout,
                                           const std::string& where);

/// "data.npy row 3, element [1, 7]": `column` is the flat index in a row of shape `row_shape`.
std::string array_place(const std::string& where, std::uint64_t row, std::size_t column,
                        const std::vector<std::uint64_t>& row_shape);

/// The shape of one row.
std::vector<std::uint64_t> row_shape_of(const std::vector<std::uint64_t>& shape);

}  // namespace lutra
