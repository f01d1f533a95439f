#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "import/csv_options.h"

namespace lutra {

/// Text that stands for a number in a CSV column, such as the name of a class.
using Vocabulary = std::map<std::string, double>;

/// Type of an array that is there but does not hold plain numbers; opening it is an Error that says why.
inline constexpr const char* unreadable_type = "unreadable";

/// One array of a file, or one column of a CSV file.
struct ArrayInfo {
  std::string name;
  std::vector<std::uint64_t> row_shape;  // shape without the first dimension; empty for a column
  std::optional<std::uint64_t> rows;     // unknown for CSV until it is read
  std::string type;                      // "float32"; "text" for CSV; unreadable_type

  /// Numbers in one row.
  std::size_t width() const;
};

/// Rows of numbers, read once from front to back.
class RowReader {
 public:
  virtual ~RowReader() = default;

  /// Appends at most `count` rows to `values`, row after row, and returns how many; 0 at the end. Error naming file,
  /// row and column on malformed content. NaN and infinities are passed on.
  virtual std::size_t next(std::size_t count, std::vector<double>& values) = 0;

  /// Names a value in an error message: file, row and column. `row` counts from 0 at the start.
  virtual std::string place(std::uint64_t row, std::size_t column) const = 0;
};

/// An array that is wanted; `vocabulary` (may be null) says which texts stand for numbers.
struct Wanted {
  std::size_t array = 0;  // index in arrays()
  const Vocabulary* vocabulary = nullptr;
};

/// A file of named arrays.
class TableFile {
 public:
  virtual ~TableFile() = default;
  const std::filesystem::path& path() const { return path_; }
  const std::string& format() const { return format_; }
  const std::vector<ArrayInfo>& arrays() const { return arrays_; }

  /// Reads the wanted arrays side by side: a row holds their rows one after the other.
  virtual std::unique_ptr<RowReader> open(const std::vector<Wanted>& wanted) const = 0;

 protected:
  TableFile(std::filesystem::path path, std::string format) : path_(std::move(path)), format_(std::move(format)) {}

  std::filesystem::path path_;
  std::string format_;  // "csv", "npy", ...
  std::vector<ArrayInfo> arrays_;
};

/// Opens a CSV, .npy, .npz, idx (each may be gzip) or HDF5 file, recognised by its content. A file with a single array
/// names it after the file, without extensions. Error when the file is missing, empty, malformed or of another kind.
std::unique_ptr<TableFile> open_table(const std::filesystem::path& path, const CsvOptions& csv = {});

/// Joins readers so that a row holds their rows one after the other. Error when one ends before another.
std::unique_ptr<RowReader> side_by_side(std::vector<std::unique_ptr<RowReader>> readers,
                                        const std::vector<std::size_t>& widths);

}  // namespace lutra
