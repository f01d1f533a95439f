#include "event/dataset.h"

#include <algorithm>

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

}  // namespace

const Column* find_column(const Dataset& data, const std::string& name) {
  const auto found = std::find_if(data.columns.begin(), data.columns.end(), [&](auto& c) { return c.name == name; });
  return found == data.columns.end() ? nullptr : &*found;
}

Dataset without_events(const Dataset& data) {
  Dataset layout;
  layout.rows = data.rows;
  layout.cols = data.cols;
  layout.input_format = data.input_format;
  layout.targets = data.targets;
  for (const Column& column : data.columns) layout.columns.push_back({column.name, {}});
  return layout;
}

Dataset select(const Dataset& data, Split split, std::size_t limit) {
  std::vector<std::size_t> picked;
  for (std::size_t i = 0; i < data.size() && (limit == 0 || picked.size() < limit); ++i)
    if (data.split[i] == split) picked.push_back(i);
  Dataset part = without_events(data);
  part.inputs = pick(data.inputs, picked, data.input_size());
  part.truth = pick(data.truth, picked, data.targets.size());
  part.window_start = pick(data.window_start, picked);
  part.split = pick(data.split, picked);
  for (std::size_t c = 0; c < data.columns.size(); ++c) part.columns[c].values = pick(data.columns[c].values, picked);
  return part;
}

}  // namespace lutra
