#include "import/import.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "import/dataset_builder.h"
#include "import/plan.h"
#include "import/provenance.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// About this many numbers are in memory at a time besides the data set.
constexpr std::size_t block_numbers = 1 << 18;

std::vector<std::unique_ptr<TableFile>> open_all(const std::vector<fs::path>& paths, const CsvOptions& csv) {
  if (paths.empty()) throw Error("import: there are no files", "", "Give at least one");
  std::vector<std::unique_ptr<TableFile>> files;
  for (const fs::path& path : paths) files.push_back(open_table(path, csv));
  return files;
}

/// In the order of ImportUse, then the targets.
std::vector<Request> requests_of(const ImportConfig& config, const std::vector<std::string>& names,
                                 const ImportVocabularies& vocabularies) {
  std::vector<Request> requests;
  const auto ask = [&](const std::string& key, const std::string& selector, const Vocabulary* vocabulary = nullptr) {
    requests.push_back({key, selector.empty() ? Selection() : resolve(selector, names, key), vocabulary});
  };
  ask("inputs", config.inputs);
  ask("class_from", config.class_from, &vocabularies.classes);
  ask("weights", config.weights);
  ask("split_from", config.split_from, &vocabularies.splits);
  ask("keep", config.keep);
  for (const ImportTarget& t : config.targets) ask("target \"" + t.name + "\"", t.from.empty() ? t.name : t.from);
  return requests;
}

void read_part(const Part& part, DatasetBuilder& builder, std::uint64_t& done, std::uint64_t total,
               const Progress& progress) {
  const std::unique_ptr<RowReader> reader = open_part(part);
  builder.begin(part);
  std::size_t width = 0;
  for (const Part::Source& source : part.sources) width += source.width();
  const std::size_t rows = std::max<std::size_t>(1, block_numbers / width);
  std::vector<double> block;
  while (const std::size_t got = reader->next(rows, block)) {
    builder.add(block, got, *reader);
    block.clear();
    progress("import", done += got, total);
  }
}

/// 0 when a file does not tell its rows.
std::uint64_t total_rows(const std::vector<Part>& parts) {
  std::uint64_t total = 0;
  for (const Part& part : parts) {
    if (!part.rows) return 0;
    total += *part.rows;
  }
  return total;
}

}  // namespace

Imported import_data(const ImportConfig& config, const std::vector<fs::path>& paths, const Progress& progress) {
  check(config);
  progress("import", 0, 0);
  const auto files = open_all(paths, config.csv);
  const ImportVocabularies vocabularies = make_vocabularies(config);
  const std::vector<Part> parts = plan_parts(requests_of(config, all_names(files), vocabularies), files);
  DatasetBuilder builder(config, parts);
  std::uint64_t done = 0;
  for (const Part& part : parts) read_part(part, builder, done, total_rows(parts), progress);
  Imported imported = std::move(builder).finish();
  for (const auto& file : files) imported.report.files.push_back(describe_file(file->path(), file->format()));
  return imported;
}

}  // namespace lutra
