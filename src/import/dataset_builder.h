#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "import/class_table.h"
#include "import/import.h"
#include "import/import_split.h"
#include "import/plan.h"

namespace lutra {

/// What the requests of an import are for, by index; one request per regression target follows.
enum ImportUse : std::size_t { use_inputs, use_class, use_weights, use_split, use_keep, use_first_target };

/// Texts that stand for numbers in the class and split columns.
struct ImportVocabularies {
  Vocabulary classes, splits;
};
ImportVocabularies make_vocabularies(const ImportConfig& config);

/// Rows and columns of the inputs: the array's own for [N,H,W], [N,1,H,W] and [N,H,W,1], as configured or 1 x F for
/// features. Error when the shape is another one or does not fit the configuration.
std::pair<int, int> input_shape(const ImportConfig& config, const std::vector<Slice>& inputs);

/// Turns blocks of rows into blocks of a data set, and sums up what it saw.
class DatasetBuilder {
 public:
  /// `events`: of all parts; may be 0 unless config.split is in_order.
  DatasetBuilder(const ImportConfig& config, const std::vector<Part>& parts, std::uint64_t events);

  /// The data set without its events. Ranges of targets that are not declared are still missing.
  const Dataset& layout() const { return report_.layout; }

  /// The next rows are of this part.
  void begin(const Part& part);

  /// The events of `rows` rows as `reader` gave them. Error naming the place of a value that is not finite or not
  /// allowed.
  Dataset build(const std::vector<double>& block, std::size_t rows, const RowReader& reader);

  /// What was seen, without the files; layout.targets have their ranges. Error when there were no events, or when too
  /// much was clipped.
  ImportReport finish() &&;

 private:
  void check_finite(const double* row, const RowReader& reader) const;
  void add_targets(const double* row, const RowReader& reader);
  void add_columns(const double* row, const RowReader& reader);
  void add_class(const double* row, const RowReader& reader);
  Split split_of(const double* row, const RowReader& reader) const;
  void set_ranges();
  void check_clipping() const;
  const std::vector<Slice>& slices(std::size_t use) const { return part_->slices[use]; }

  ImportConfig config_;
  std::optional<ClassTable> classes_;
  ImportReport report_;
  InputQuantizer quantizer_;
  ImportSplitter splitter_;
  Dataset block_;  // the one being built
  const Part* part_ = nullptr;
  std::uint64_t row_ = 0;  // in the part
};

}  // namespace lutra
