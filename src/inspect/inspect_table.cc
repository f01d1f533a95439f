#include <algorithm>

#include "base/error.h"
#include "inspect/inspect_parts.h"
#include "inspect/summary.h"

namespace lutra {
namespace {

constexpr std::size_t block_numbers = 1 << 16;
constexpr std::size_t most_arrays = 200;

struct Read {
  Summary numbers;
  std::uint64_t rows = 0;
  std::string problem;
};

/// Reads a whole array. What is wrong with it is part of the answer.
Read read_all(const TableFile& file, std::size_t array, const Progress& progress) {
  Read read;
  try {
    const ArrayInfo& info = file.arrays()[array];
    const std::unique_ptr<RowReader> rows = file.open({{array, nullptr}});
    std::vector<double> block;
    while (const std::size_t got = rows->next(std::max<std::size_t>(1, block_numbers / info.width()), block)) {
      for (const double value : block) read.numbers.add(value);
      block.clear();
      progress("inspect", read.rows += got, info.rows.value_or(0));
    }
  } catch (const Error& e) {
    read.problem = e.what();
  }
  return read;
}

Json array_of(const ArrayInfo& info, const Read& read) {
  Json shape = Json::array({info.rows.value_or(read.rows)});
  for (const std::uint64_t size : info.row_shape) shape.push_back(size);
  Json json = {{"type", info.type}, {"shape", shape}};
  json.update(read.numbers.to_json());
  if (!read.problem.empty()) json["problem"] = read.problem;
  return json;
}

}  // namespace

Json inspect_table(const TableFile& file, const Progress& progress) {
  Json arrays = Json::object();
  bool has_numbers = false;
  for (std::size_t i = 0; i < file.arrays().size() && i < most_arrays; ++i) {
    const Read read = read_all(file, i, progress);
    has_numbers = has_numbers || read.numbers.count() > 0;
    arrays[file.arrays()[i].name] = array_of(file.arrays()[i], read);
  }
  // Any text may pass for a CSV file.
  if (file.format() == "csv" && !has_numbers)
    throw Error(file.path().string() + " is neither a Lutra file nor a table", "it holds no numbers", "Check the path");
  return {{"arrays", file.arrays().size()}, {"contents", arrays}};
}

}  // namespace lutra
