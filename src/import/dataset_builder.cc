#include "import/dataset_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

/// A name that can stand in an HDF5 path.
std::string column_name(std::string name) {
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

/// Columns for the weights and what is kept, in this order.
std::vector<Column> make_columns(const Part& part) {
  std::vector<Column> columns;
  if (!part.slices[use_weights].empty()) columns.push_back({"weight", {}});
  for (const Slice& slice : part.slices[use_keep]) {
    const std::string name = column_name(slice.name);
    const auto same = [&](const Column& c) { return c.name == name; };
    if (slice.count != 1)
      throw Error(
          "import: keep names \"" + slice.name + "\", which has " + std::to_string(slice.count) + " numbers per event",
          "columns hold one", "Write " + slice.name + "[0]");
    if (std::any_of(columns.begin(), columns.end(), same))
      throw Error("import: the column \"" + name + "\" is there twice", "", "Keep it once");
    columns.push_back({name, {}});
  }
  return columns;
}

void check_single(const Part& part, std::size_t use, const std::string& key) {
  const std::size_t width = part.width(use);
  if (width != 1 && !part.slices[use].empty())
    throw Error("import: " + key + " selects " + std::to_string(width) + " numbers per event", "1 is needed",
                "Select one column, or one element as in x[3]");
}

void check_uses(const ImportConfig& config, const Part& part, const std::optional<ClassTable>& classes) {
  check_single(part, use_weights, "weights");
  check_single(part, use_split, "split_from");
  for (std::size_t t = 0; t < config.targets.size(); ++t)
    check_single(part, use_first_target + t, "target \"" + config.targets[t].name + "\"");
  if (!classes) return;
  const std::size_t width = part.width(use_class);
  if (width != 1 && width != classes->names().size())
    throw Error(
        "import: class_from selects " + std::to_string(width) + " numbers per event",
        "one class, or one number for each of " + std::to_string(classes->names().size()) + " classes is needed", "");
}

std::vector<Target> make_targets(const ImportConfig& config, const std::optional<ClassTable>& classes) {
  std::vector<Target> targets;
  for (const ImportTarget& t : config.targets) targets.push_back({t.name, t.unit, t.lo, t.hi, 0});
  if (classes)
    for (const std::string& name : classes->names()) targets.push_back({name, "", 0, 1, 0});
  return targets;
}

std::optional<ClassTable> make_classes(const ImportConfig& config) {
  if (!config.is_classification()) return std::nullopt;
  return ClassTable(config.classes);
}

}  // namespace

ImportVocabularies make_vocabularies(const ImportConfig& config) {
  ImportVocabularies vocabularies;
  if (config.is_classification()) vocabularies.classes = ClassTable(config.classes).vocabulary();
  vocabularies.splits = {{"train", 0}, {"validation", 1}, {"val", 1}, {"valid", 1}, {"test", 2}};
  return vocabularies;
}

DatasetBuilder::DatasetBuilder(const ImportConfig& config, const std::vector<Part>& parts, std::uint64_t events)
    : config_(config),
      classes_(make_classes(config)),
      quantizer_(config, parts.at(0).width(use_inputs)),
      splitter_(config, parts.back().number + 1, events) {
  for (const Part& part : parts) check_uses(config, part, classes_);
  Dataset& layout = report_.layout;
  std::tie(layout.rows, layout.cols) = input_shape(config, parts[0].slices[use_inputs]);
  layout.input_format = parse_format(config.input_format, "import: input_format");
  layout.targets = make_targets(config, classes_);
  layout.columns = make_columns(parts[0]);
  for (const ImportTarget& t : config.targets) report_.targets.push_back({t.name, 0, 0, 0});
  if (classes_) report_.class_events.resize(classes_->names().size());
}

void DatasetBuilder::begin(const Part& part) {
  if (input_shape(config_, part.slices[use_inputs]) != std::pair(layout().rows, layout().cols))
    throw Error("import: the parts of inputs have different shapes", "", "Give parts of the same shape");
  part_ = &part;
  row_ = 0;
}

Dataset DatasetBuilder::build(const std::vector<double>& block, std::size_t rows, const RowReader& reader) {
  expects(part_ != nullptr && rows > 0, "rows of a part");
  const std::size_t width = block.size() / rows;
  block_ = layout();
  for (std::size_t i = 0; i < rows; ++i, ++row_) {
    const double* row = block.data() + i * width;
    check_finite(row, reader);
    std::size_t element = 0;
    for (const Slice& slice : slices(use_inputs))
      for (std::size_t k = 0; k < slice.count; ++k) block_.inputs.push_back(quantizer_(row[slice.at + k], element++));
    add_targets(row, reader);
    add_columns(row, reader);
    block_.window_start.push_back(0);
    block_.split.push_back(split_of(row, reader));
    ++report_.split[static_cast<std::size_t>(block_.split.back())];
    ++report_.events;
  }
  return std::move(block_);
}

void DatasetBuilder::check_finite(const double* row, const RowReader& reader) const {
  constexpr double largest = std::numeric_limits<float>::max();
  for (const std::vector<Slice>& use : part_->slices)
    for (const Slice& slice : use)
      for (std::size_t k = slice.at; k < slice.at + slice.count; ++k) {
        if (std::abs(row[k]) <= largest) continue;
        const char* what = std::isnan(row[k])   ? "not a number (NaN)"
                           : std::isinf(row[k]) ? "infinite"
                                                : "beyond 3.4e38";
        throw Error(reader.place(row_, k) + " is " + what, "", "Remove the row or repair the value");
      }
}

void DatasetBuilder::add_targets(const double* row, const RowReader& reader) {
  for (std::size_t t = 0; t < config_.targets.size(); ++t) {
    const double value = row[slices(use_first_target + t)[0].at];
    ImportReport::TargetRange& range = report_.targets[t];
    range.lo = report_.events == 0 ? value : std::min(range.lo, value);
    range.hi = report_.events == 0 ? value : std::max(range.hi, value);
    const ImportTarget& target = config_.targets[t];
    if (target.lo < target.hi && (value < target.lo || value > target.hi)) ++range.outside;
    block_.truth.push_back(static_cast<float>(value));
  }
  if (classes_) add_class(row, reader);
}

void DatasetBuilder::add_class(const double* row, const RowReader& reader) {
  std::vector<double> numbers;
  for (const Slice& slice : slices(use_class))
    numbers.insert(numbers.end(), row + slice.at, row + slice.at + slice.count);
  const std::size_t at = slices(use_class)[0].at;
  const auto place = [&] { return reader.place(row_, at); };
  const std::size_t index =
      numbers.size() == 1 ? classes_->index_of(numbers[0], place) : classes_->index_of_one_hot(numbers, place);
  ++report_.class_events[index];
  for (std::size_t c = 0; c < classes_->names().size(); ++c) block_.truth.push_back(c == index ? 1.0f : 0.0f);
}

void DatasetBuilder::add_columns(const double* row, const RowReader& reader) {
  std::size_t column = 0;
  for (const Slice& slice : slices(use_weights)) {
    if (row[slice.at] < 0) throw Error(reader.place(row_, slice.at) + " is negative", "weights are at least 0", "");
    block_.columns[column++].values.push_back(static_cast<float>(row[slice.at]));
  }
  for (const Slice& slice : slices(use_keep))
    block_.columns[column++].values.push_back(static_cast<float>(row[slice.at]));
}

Split DatasetBuilder::split_of(const double* row, const RowReader& reader) const {
  if (config_.split != "column") return splitter_(report_.events, part_->number);
  const std::size_t at = slices(use_split)[0].at;
  const double value = row[at];
  if (value != 0 && value != 1 && value != 2)
    throw Error(fmt::format("{}: {:g} is not a split", reader.place(row_, at), value),
                "0 is train, 1 validation, 2 test", "");
  return static_cast<Split>(static_cast<int>(value));
}

void DatasetBuilder::set_ranges() {
  for (std::size_t t = 0; t < config_.targets.size(); ++t) {
    Target& target = report_.layout.targets[t];
    if (target.lo < target.hi) continue;
    target.lo = report_.targets[t].lo;
    target.hi = report_.targets[t].hi;
    if (!(target.lo < target.hi))
      throw Error("import: target \"" + target.name + "\" is the same in all events", fmt::format("{:g}", target.lo),
                  "There is nothing to learn; check its selector");
  }
}

void DatasetBuilder::check_clipping() const {
  const ClipReport& clip = quantizer_.report();
  if (clip.clipped_fraction() <= config_.max_clipped) return;
  throw Error(
      fmt::format("import: {:.3g} % of the inputs lie outside {}", 100 * clip.clipped_fraction(), config_.input_format),
      fmt::format("they range from {:g} to {:g}; max_clipped allows {:.3g} %", clip.lo, clip.hi,
                  100 * config_.max_clipped),
      "Choose input_format, input_scale and input_offset so that they fit");
}

ImportReport DatasetBuilder::finish() && {
  if (report_.events == 0) throw Error("import: there are no events", "", "Check the files");
  set_ranges();
  check_clipping();
  report_.inputs = quantizer_.report();
  return std::move(report_);
}

}  // namespace lutra
