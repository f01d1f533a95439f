#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "import/selection.h"
#include "import/table.h"

namespace lutra {

/// What one use of the data (inputs, a target, weights, ...) asks for.
struct Request {
  std::string key;      // configuration key, for errors
  Selection selection;  // empty: nothing is asked for
  const Vocabulary* vocabulary = nullptr;
};

/// Numbers [at, at + count) of a row of a part, and the array they come from.
struct Slice {
  std::size_t at = 0;
  std::size_t count = 0;
  std::vector<std::uint64_t> shape;  // of the row of the array; empty when elements were selected
  std::string name;                  // "x" or "x_3"
};

/// Rows that are read in one go: which arrays of which files, and where each request finds its numbers.
struct Part {
  struct Source {
    const TableFile* file = nullptr;
    std::vector<Wanted> wanted;
    std::size_t width() const;  // numbers in its rows
  };
  std::vector<Source> sources;
  std::vector<std::vector<Slice>> slices;  // [requests]
  std::optional<std::uint64_t> rows;       // when a file tells
  int number = 0;                          // of the "+" part, from 0

  /// Numbers that request `r` finds in a row.
  std::size_t width(std::size_t r) const;
};

/// The parts in the order of events. Files with the same arrays follow each other. Error when requests have different
/// numbers of "+" parts, arrays are in different numbers of files, or elements
/// lie outside an array.
std::vector<Part> plan_parts(const std::vector<Request>& requests,
                             const std::vector<std::unique_ptr<TableFile>>& files);

/// Reads a part, row by row. Error when its arrays turn out to differ in rows.
std::unique_ptr<RowReader> open_part(const Part& part);

/// Names of all arrays of all files, each once, in order.
std::vector<std::string> all_names(const std::vector<std::unique_ptr<TableFile>>& files);

}  // namespace lutra
