#include "import/import.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "base/error.h"
#include "event/dataset_file.h"
#include "import/dataset_builder.h"
#include "import/plan.h"
#include "import/provenance.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// About this many numbers are read at a time.
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

/// 0 when a file does not tell its rows.
std::uint64_t total_rows(const std::vector<Part>& parts) {
  std::uint64_t total = 0;
  for (const Part& part : parts) {
    if (!part.rows) return 0;
    total += *part.rows;
  }
  return total;
}

using Block = std::function<void(const std::vector<double>& values, std::size_t rows, const RowReader& reader)>;

/// Reads a part block by block; a row makes `made` numbers.
void read_part(const Part& part, std::size_t made, const Block& use) {
  const std::unique_ptr<RowReader> reader = open_part(part);
  std::size_t width = 0;
  for (const Part::Source& source : part.sources) width += source.width();
  const std::size_t rows = std::max<std::size_t>(1, block_numbers / std::max(width, made));
  std::vector<double> block;
  while (const std::size_t got = reader->next(rows, block)) {
    use(block, got, *reader);
    block.clear();
  }
}

/// Rows of all parts; reads them when a file does not tell.
std::uint64_t counted_rows(const std::vector<Part>& parts, const Progress& progress) {
  std::uint64_t rows = total_rows(parts);
  if (rows > 0) return rows;
  for (const Part& part : parts)
    read_part(part, 1, [&](auto&, std::size_t got, auto&) { progress("count rows", rows += got, 0); });
  return rows;
}

void write_parts(const std::vector<Part>& parts, DatasetBuilder& builder, DatasetWriter& writer,
                 const Progress& progress) {
  const std::uint64_t total = total_rows(parts);
  std::uint64_t done = 0;
  for (const Part& part : parts) {
    builder.begin(part);
    read_part(part, builder.layout().targets.size(),
              [&](const std::vector<double>& values, std::size_t rows, const RowReader& reader) {
                writer.append(builder.build(values, rows, reader));
                progress("import", done += rows, total);
              });
  }
}

}  // namespace

ImportReport import_to_file(const ImportConfig& config, const std::vector<fs::path>& paths, const fs::path& out,
                            const Progress& progress) {
  check(config);
  progress("import", 0, 0);
  const auto files = open_all(paths, config.csv);
  const ImportVocabularies vocabularies = make_vocabularies(config);
  const std::vector<Part> parts = plan_parts(requests_of(config, all_names(files), vocabularies), files);
  DatasetBuilder builder(config, parts, config.split == "in_order" ? counted_rows(parts, progress) : 0);
  ImportReport report;
  write_dataset(out, builder.layout(), {}, [&](DatasetWriter& writer) {
    write_parts(parts, builder, writer, progress);
    report = std::move(builder).finish();
    for (const auto& file : files) report.files.push_back(describe_file(file->path(), file->format()));
    writer.complete(report.layout.targets, import_to_json(config, report));
  });
  return report;
}

}  // namespace lutra
