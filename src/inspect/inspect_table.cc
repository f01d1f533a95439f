#include <algorithm>
#include <limits>

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

/// Reads one array, or columns of single numbers together, to the end or to `most_rows`. What is wrong is part of the
/// answer.
std::vector<Read> read(const TableFile& file, const std::vector<std::size_t>& arrays, std::uint64_t most_rows,
                       const Progress& progress) {
  std::vector<Read> reads(arrays.size());
  std::uint64_t done = 0;
  try {
    std::vector<Wanted> wanted;
    for (const std::size_t array : arrays) wanted.push_back({array, nullptr});
    const std::unique_ptr<RowReader> rows = file.open(wanted);
    const ArrayInfo& info = file.arrays()[arrays[0]];
    const std::size_t width = arrays.size() * info.width();
    std::vector<double> block;
    while (const std::size_t got =
               done < most_rows ? rows->next(std::max<std::size_t>(1, block_numbers / width), block) : 0) {
      for (std::size_t i = 0; i < block.size(); ++i) reads[i % arrays.size()].numbers.add(block[i]);
      block.clear();
      progress("inspect", done += got, info.rows.value_or(0));
    }
  } catch (const Error& e) {
    for (Read& r : reads) r.problem = e.what();
  }
  for (Read& r : reads) r.rows = done;
  return reads;
}

/// Every array on its own.
std::vector<Read> read_each(const TableFile& file, std::size_t count, std::uint64_t most_rows,
                            const Progress& progress) {
  std::vector<Read> reads;
  for (std::size_t i = 0; i < count; ++i) reads.push_back(read(file, {i}, most_rows, progress)[0]);
  return reads;
}

/// Reading the columns of a text one by one would take as many passes. Those that begin with numbers are read together.
std::vector<Read> read_columns(const TableFile& file, std::size_t count, const Progress& progress) {
  constexpr std::uint64_t first_rows = 1;
  std::vector<Read> reads = read_each(file, count, first_rows, no_progress);
  std::vector<std::size_t> numeric;
  for (std::size_t i = 0; i < count; ++i)
    if (reads[i].problem.empty()) numeric.push_back(i);
  if (numeric.empty()) return reads;
  const std::vector<Read> together = read(file, numeric, std::numeric_limits<std::uint64_t>::max(), progress);
  for (std::size_t i = 0; i < numeric.size(); ++i) reads[numeric[i]] = together[i];
  return reads;
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
  const std::size_t count = std::min(file.arrays().size(), most_arrays);
  const std::vector<Read> reads = file.format() == "csv"
                                      ? read_columns(file, count, progress)
                                      : read_each(file, count, std::numeric_limits<std::uint64_t>::max(), progress);
  for (std::size_t i = 0; i < count; ++i) {
    has_numbers = has_numbers || reads[i].numbers.count() > 0;
    arrays[file.arrays()[i].name] = array_of(file.arrays()[i], reads[i]);
  }
  // Any text may pass for a CSV file.
  if (file.format() == "csv" && !has_numbers)
    throw Error(file.path().string() + " is neither a Lutra file nor a table", "it holds no numbers", "Check the path");
  return {{"arrays", file.arrays().size()}, {"contents", arrays}};
}

}  // namespace lutra
