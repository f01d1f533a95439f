#include "event/dataset.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"
#include "base/error.h"
#include "base/version.h"
#include "event/h5.h"
#include "event/seal.h"

namespace lutra {
namespace {

/// Copies rows [of `width` values] at `picked` from `from`.
template <class T>
std::vector<T> pick(const std::vector<T>& from, const std::vector<std::size_t>& picked, std::size_t width = 1) {
  std::vector<T> to;
  to.reserve(picked.size() * width);
  for (const std::size_t i : picked)
    to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(i * width),
              from.begin() + static_cast<std::ptrdiff_t>((i + 1) * width));
  return to;
}

Json header_of(const Dataset& data, const Json& config) {
  Json columns = Json::array();
  for (const Column& column : data.columns) columns.push_back(column.name);
  return {{"code", code_version()},
          {"events", data.size()},
          {"rows", data.rows},
          {"cols", data.cols},
          {"input_format", to_string(data.input_format)},
          {"targets", targets_to_json(data.targets)},
          {"columns", columns},
          {"config", config}};
}

void write_inputs(const h5::Handle& file, const Dataset& data) {
  const std::vector<hsize_t> dims{data.size(), static_cast<hsize_t>(data.rows), static_cast<hsize_t>(data.cols)};
  const std::span<const std::int16_t> inputs(data.inputs);
  if (data.input_format.min() >= -128 && data.input_format.max() <= 127)
    h5::write_array<std::int16_t, std::int8_t>(file, "inputs", dims, inputs, true);
  else
    h5::write_array<std::int16_t>(file, "inputs", dims, inputs, true);
}

void write_arrays(const h5::Handle& file, const Dataset& data) {
  write_inputs(file, data);
  h5::write_array<float>(file, "truth", {data.size(), data.targets.size()}, data.truth, true);
  h5::write_array<std::int32_t>(file, "window_start", {data.size()}, data.window_start, true);
  std::vector<std::uint8_t> split(data.size());
  std::transform(data.split.begin(), data.split.end(), split.begin(), [](Split s) { return std::uint8_t(s); });
  h5::write_array<std::uint8_t>(file, "split", {data.size()}, split, true);
  for (const Column& column : data.columns)
    h5::write_array<float>(file, ("column_" + column.name).c_str(), {data.size()}, column.values, true);
}

template <class T>
std::vector<T> read_exactly(const h5::Handle& file, const std::string& name, std::size_t length,
                            const std::string& where) {
  std::vector<T> values = h5::read_array<T>(file, name);
  if (values.size() != length)
    throw Error(where + ": array \"" + name + "\" has the wrong length",
                std::to_string(values.size()) + " instead of " + std::to_string(length), "Make the file again");
  return values;
}

void check_values(const Dataset& data, const std::string& where) {
  for (std::size_t i = 0; i < data.inputs.size(); ++i)
    if (data.inputs[i] < data.input_format.min() || data.inputs[i] > data.input_format.max())
      throw Error(where + ": event " + std::to_string(i / data.input_size()) + " has an input outside " +
                      to_string(data.input_format),
                  "it is " + std::to_string(data.inputs[i]), "");
  for (std::size_t i = 0; i < data.truth.size(); ++i)
    if (!std::isfinite(data.truth[i]))
      throw Error(where + ": event " + std::to_string(i / data.targets.size()) + " has a target that is not finite", "",
                  "");
}

Dataset read_arrays(const h5::Handle& file, const Json& header, const std::string& where) {
  Dataset data;
  data.rows = json_get<int>(header, "rows", where);
  data.cols = json_get<int>(header, "cols", where);
  if (data.rows < 1 || data.cols < 1 || data.rows > 1 << 15 || data.cols > 1 << 15)
    throw Error(where + " has impossible inputs", std::to_string(data.rows) + " x " + std::to_string(data.cols), "");
  data.input_format = parse_format(json_get<std::string>(header, "input_format", where), where);
  data.targets = targets_from_json(json_get<Json>(header, "targets", where), where);
  const auto events = json_get<std::uint64_t>(header, "events", where);
  data.inputs = read_exactly<std::int16_t>(file, "inputs", events * data.input_size(), where);
  data.truth = read_exactly<float>(file, "truth", events * data.targets.size(), where);
  data.window_start = read_exactly<std::int32_t>(file, "window_start", events, where);
  for (const std::uint8_t s : read_exactly<std::uint8_t>(file, "split", events, where)) {
    if (s > 2) throw Error(where + " has an unknown split", std::to_string(s), "");
    data.split.push_back(static_cast<Split>(s));
  }
  for (const auto& name : json_get<std::vector<std::string>>(header, "columns", where))
    data.columns.push_back({name, read_exactly<float>(file, "column_" + name, events, where)});
  check_values(data, where);
  return data;
}

}  // namespace

const Column* find_column(const Dataset& data, const std::string& name) {
  const auto found = std::find_if(data.columns.begin(), data.columns.end(), [&](auto& c) { return c.name == name; });
  return found == data.columns.end() ? nullptr : &*found;
}

Dataset select(const Dataset& data, Split split, std::size_t limit) {
  std::vector<std::size_t> picked;
  for (std::size_t i = 0; i < data.size() && (limit == 0 || picked.size() < limit); ++i)
    if (data.split[i] == split) picked.push_back(i);
  Dataset part;
  part.rows = data.rows;
  part.cols = data.cols;
  part.input_format = data.input_format;
  part.inputs = pick(data.inputs, picked, data.input_size());
  part.targets = data.targets;
  part.truth = pick(data.truth, picked, data.targets.size());
  part.window_start = pick(data.window_start, picked);
  part.split = pick(data.split, picked);
  for (const Column& column : data.columns) part.columns.push_back({column.name, pick(column.values, picked)});
  return part;
}

void write_dataset(const std::filesystem::path& path, const Dataset& data, const Json& config) {
  expects(data.inputs.size() == data.size() * data.input_size(), "one input image per event");
  expects(data.truth.size() == data.size() * data.targets.size(), "all targets of every event");
  expects(data.window_start.size() == data.size(), "one window per event");
  for (const Column& column : data.columns) expects(column.values.size() == data.size(), "one value per event");
  write_atomically(path, [&](const std::filesystem::path& temporary) {
    h5::Handle file = h5::create(temporary);
    h5::write_text(file, "header", header_of(data, config).dump());
    write_arrays(file, data);
    h5::close(std::move(file), path);
    seal_file(temporary, dataset_kind);
  });
}

DatasetFile read_dataset(const std::filesystem::path& path) {
  check_seal(path, dataset_kind);
  const h5::Handle file = h5::open(path);
  const std::string where = path.string();
  const Json header = Json::parse(h5::read_text(file, "header"), nullptr, false);
  if (header.is_discarded()) throw Error(where + " has a header that is not JSON", "", "Make the file again");
  return {read_arrays(file, header, where), json_get<Json>(header, "config", where)};
}

}  // namespace lutra
