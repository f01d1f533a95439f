#pragma once
#include <memory>

#include "import/table.h"

namespace lutra {

/// A CSV file: every column is an array of single numbers, named by the header or "0", "1", ... without one. Error when
/// the file has no rows, a header name is there twice, or the first line cannot be split.
std::unique_ptr<TableFile> open_csv(const std::filesystem::path& path, const CsvOptions& options);

}  // namespace lutra
