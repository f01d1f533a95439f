#include "event/dataset_file.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"
#include "base/error.h"
#include "base/version.h"
#include "event/seal.h"

namespace lutra {
namespace {

/// Data sets are written in blocks of about this many inputs or targets, so that the sequence of HDF5 calls does not
/// depend on how they came.
constexpr std::size_t block_inputs = 1 << 22;

constexpr int max_inputs = 1 << 22;           // of an event
constexpr std::size_t max_columns = 1 << 14;  // and targets

std::size_t block_events(const Dataset& layout) {
  return std::max<std::size_t>(1,
                               block_inputs / std::max({std::size_t{1}, layout.input_size(), layout.targets.size()}));
}

Json header_of(const Dataset& layout, std::uint64_t events, const Json& config) {
  Json columns = Json::array();
  for (const Column& column : layout.columns) columns.push_back(column.name);
  return {{"code", code_version()},
          {"events", events},
          {"rows", layout.rows},
          {"cols", layout.cols},
          {"input_format", to_string(layout.input_format)},
          {"targets", targets_to_json(layout.targets)},
          {"columns", columns},
          {"config", config}};
}

void expect_whole(const Dataset& data) {
  expects(data.inputs.size() == data.size() * data.input_size(), "one input image per event");
  expects(data.truth.size() == data.size() * data.targets.size(), "all targets of every event");
  expects(data.window_start.size() == data.size(), "one window per event");
  for (const Column& column : data.columns) expects(column.values.size() == data.size(), "one value per event");
}

/// Events [begin, end) of `from`, `width` values each, at the end of `to`.
template <class T>
void append_rows(std::vector<T>& to, const std::vector<T>& from, std::size_t begin, std::size_t end,
                 std::size_t width = 1) {
  to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(begin * width),
            from.begin() + static_cast<std::ptrdiff_t>(end * width));
}

void append_events(Dataset& to, const Dataset& from, std::size_t begin, std::size_t end) {
  append_rows(to.inputs, from.inputs, begin, end, from.input_size());
  append_rows(to.truth, from.truth, begin, end, from.targets.size());
  append_rows(to.window_start, from.window_start, begin, end);
  append_rows(to.split, from.split, begin, end);
  for (std::size_t i = 0; i < to.columns.size(); ++i)
    append_rows(to.columns[i].values, from.columns[i].values, begin, end);
}

std::string column_array(const Column& column) { return "column_" + column.name; }

void check_values(const Dataset& data, std::uint64_t first, const std::string& where) {
  const auto event = [&](std::size_t i, std::size_t width) { return std::to_string(first + i / width); };
  for (std::size_t i = 0; i < data.inputs.size(); ++i)
    if (data.inputs[i] < data.input_format.min() || data.inputs[i] > data.input_format.max())
      throw Error(
          where + ": event " + event(i, data.input_size()) + " has an input outside " + to_string(data.input_format),
          "it is " + std::to_string(data.inputs[i]), "");
  for (std::size_t i = 0; i < data.truth.size(); ++i)
    if (!std::isfinite(data.truth[i]))
      throw Error(where + ": event " + event(i, data.targets.size()) + " has a target that is not finite", "", "");
}

}  // namespace

DatasetWriter::DatasetWriter(NewFile& to, const Dataset& layout, Json config)
    : to_(to), config_(std::move(config)), file_(to), pending_(without_events(layout)) {
  const std::vector<hsize_t> image{static_cast<hsize_t>(layout.rows), static_cast<hsize_t>(layout.cols)};
  if (layout.input_format.min() >= -128 && layout.input_format.max() <= 127)
    inputs_ = h5::Appender<std::int16_t, std::int8_t>::deflated(file_.handle(), "inputs", image);
  else
    inputs_ = h5::Appender<std::int16_t>::deflated(file_.handle(), "inputs", image);
  truth_ = h5::Appender<float>::deflated(file_.handle(), "truth", {layout.targets.size()});
  window_start_ = h5::Appender<std::int32_t>::deflated(file_.handle(), "window_start");
  split_ = h5::Appender<std::uint8_t>::deflated(file_.handle(), "split");
  for (const Column& column : layout.columns)
    columns_.push_back(h5::Appender<float>::deflated(file_.handle(), column_array(column).c_str()));
}

void DatasetWriter::append(const Dataset& block) {
  expect_whole(block);
  expects(block.input_size() == pending_.input_size() && block.columns.size() == pending_.columns.size(),
          "blocks of one layout");
  const std::size_t full = block_events(pending_);
  for (std::size_t begin = 0; begin < block.size();) {
    const std::size_t end = std::min(block.size(), begin + full - pending_.size());
    append_events(pending_, block, begin, end);
    if (pending_.size() == full) write_block();
    begin = end;
  }
  size_ += block.size();
}

void DatasetWriter::complete(std::vector<Target> targets, Json config) {
  expects(targets.size() == pending_.targets.size(), "the same targets");
  pending_.targets = std::move(targets);
  config_ = std::move(config);
}

void DatasetWriter::write_block() {
  std::visit([&](auto& inputs) { inputs.append(pending_.inputs); }, inputs_);
  truth_.append(pending_.truth);
  window_start_.append(pending_.window_start);
  std::vector<std::uint8_t> split(pending_.size());
  std::transform(pending_.split.begin(), pending_.split.end(), split.begin(), [](Split s) { return std::uint8_t(s); });
  split_.append(split);
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].append(pending_.columns[i].values);
  pending_ = without_events(pending_);
  file_.check();
}

void DatasetWriter::finish() {
  if (pending_.size() > 0) write_block();
  h5::write_text(file_.handle(), "header", json_text(header_of(pending_, size_, config_)));
  // Open arrays keep an HDF5 file open.
  inputs_ = {}, truth_ = {}, window_start_ = {}, split_ = {};
  columns_.clear();
  file_.close();
  seal_file(to_, dataset_kind);
}

void write_dataset(const std::filesystem::path& path, const Dataset& layout, const Json& config,
                   const std::function<void(DatasetWriter&)>& fill) {
  write_atomically(path, [&](NewFile& file) {
    DatasetWriter writer(file, layout, config);
    fill(writer);
    writer.finish();
  });
}

void write_dataset(const std::filesystem::path& path, const Dataset& data, const Json& config) {
  write_dataset(path, data, config, [&](DatasetWriter& writer) { writer.append(data); });
}

DatasetReader::DatasetReader(const std::filesystem::path& path) : path_(path) {
  check_seal(path, dataset_kind);
  file_ = h5::open(path);
  h5::naming(path_, [&] {
    read_header();
    open_arrays();
  });
}

void DatasetReader::read_header() {
  const std::string where = "its header";
  const Json header = parse_json(h5::read_text(file_, "header"), where);
  layout_.rows = json_get<int>(header, "rows", where);
  layout_.cols = json_get<int>(header, "cols", where);
  if (layout_.rows < 1 || layout_.cols < 1 || layout_.rows > max_inputs || layout_.cols > max_inputs / layout_.rows)
    throw Error("impossible inputs", std::to_string(layout_.rows) + " x " + std::to_string(layout_.cols), "");
  layout_.input_format = parse_format(json_get<std::string>(header, "input_format", where), where);
  layout_.targets = targets_from_json(json_get<Json>(header, "targets", where), where);
  for (const auto& name : json_get<std::vector<std::string>>(header, "columns", where))
    layout_.columns.push_back({name, {}});
  if (layout_.columns.size() > max_columns || layout_.targets.size() > max_columns)
    throw Error("too many columns or targets", "more than " + std::to_string(max_columns), "");
  size_ = json_get<std::uint64_t>(header, "events", where);
  config_ = json_get<Json>(header, "config", where);
  code_ = json_get<std::string>(header, "code", where);
}

void DatasetReader::open_arrays() {
  Budget bytes("bytes once it is in memory", unpacked_limit(std::filesystem::file_size(path_)));
  const hsize_t rows = static_cast<hsize_t>(layout_.rows), cols = static_cast<hsize_t>(layout_.cols);
  (inputs_ = {file_, "inputs"}).expect<std::int16_t>({size_, rows, cols}, bytes);
  (truth_ = {file_, "truth"}).expect<float>({size_, layout_.targets.size()}, bytes);
  (window_start_ = {file_, "window_start"}).expect<std::int32_t>({size_}, bytes);
  (split_ = {file_, "split"}).expect<std::uint8_t>({size_}, bytes);
  for (const Column& column : layout_.columns)
    columns_.emplace_back(file_, column_array(column)).expect<float>({size_}, bytes);
}

Dataset DatasetReader::read(std::size_t count) const {
  Dataset data = without_events(layout_);
  data.inputs = inputs_.rows<std::int16_t>(at_, count);
  data.truth = truth_.rows<float>(at_, count);
  data.window_start = window_start_.rows<std::int32_t>(at_, count);
  for (const std::uint8_t s : split_.rows<std::uint8_t>(at_, count)) {
    if (s > 2) throw Error("unknown split " + std::to_string(s), "", "");
    data.split.push_back(static_cast<Split>(s));
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) data.columns[i].values = columns_[i].rows<float>(at_, count);
  return data;
}

Dataset DatasetReader::next(std::size_t count) {
  count = static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - at_));
  Dataset data = h5::naming(path_, [&] { return read(count); });
  check_values(data, at_, path_.string());
  at_ += count;
  return data;
}

DatasetFile read_dataset(const std::filesystem::path& path) {
  DatasetReader reader(path);
  return {reader.next(reader.size()), reader.config()};
}

}  // namespace lutra
