#include "student/student_layout.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace lutra {
namespace {

Window window_of(const LayerConfig& c) {
  return {c.kernel_rows, c.kernel_cols, c.stride_rows, c.stride_cols, c.pad_rows,
          c.pad_rows,    c.pad_cols,    c.pad_cols,    c.groups};
}

/// A convolution along the columns, over each group of rows by itself.
LayerConfig over_all_rows(LayerConfig c, const StudentLayer& before, const std::string& where) {
  if (std::accumulate(c.row_groups.begin(), c.row_groups.end(), std::int64_t{0}) != before.shape.rows || c.groups != 1)
    throw Error(where + ": row_groups must add up to the " + std::to_string(before.shape.rows) + " rows of its input",
                "", "Give the rows of each station, from the inside, such as [3, 2, 2, 2], and no other groups");
  c.kernel_rows = before.shape.rows;
  c.stride_rows = 1;
  c.pad_rows = 0;
  return c;
}

/// The part of the input that a convolution's or pooling's window sees, from what the layer before it sees.
void look_through(StudentLayer& layer, const StudentLayer& before, const LayerConfig& c) {
  layer.lead_rows = before.lead_rows + c.pad_rows * before.stride_rows;
  layer.lead_cols = before.lead_cols + c.pad_cols * before.stride_cols;
  layer.extent_rows = before.extent_rows + (c.kernel_rows - 1) * before.stride_rows;
  layer.extent_cols = before.extent_cols + (c.kernel_cols - 1) * before.stride_cols;
  layer.stride_rows = before.stride_rows * c.stride_rows;
  layer.stride_cols = before.stride_cols * c.stride_cols;
}

/// Values that pixels of the data have: 0 .. levels - 1.
int levels_of(const Dataset& data) {
  if (data.input_format.is_signed) throw Error("a table layer needs unsigned pixels", "", "Use a dense layer instead");
  const auto highest = std::ranges::max_element(data.inputs);
  return highest == data.inputs.end() ? 2 : std::max<int>(*highest, 1) + 1;
}

StudentLayer lay_out_layer(const LayerConfig& config, const StudentLayer& before, int channels, const std::string& name,
                           int levels) {
  StudentLayer layer;
  layer.name = name;
  layer.input = before.shape;
  if (config.op == "table") {
    layer.op = Op::table;
    layer.cells = table_cells(layer.input, levels, config.row_groups);
    layer.map = table_map(layer.cells, channels);
    layer.shape = {layer.map.channels, 1, layer.input.cols};
  } else if (config.op == "station_conv") {
    const LayerConfig whole = over_all_rows(config, before, "student layer " + name);
    layer.op = Op::conv;
    layer.window = window_of(whole);
    channels *= static_cast<int>(config.row_groups.size());
    layer.shape = conv_shape(layer.input, channels, layer.window, "student layer " + name);
    layer.map = station_map(layer.input, channels, layer.window, config.row_groups);
    look_through(layer, before, whole);
  } else if (config.op != "dense") {
    layer.op = parse_op(config.op, "student layer " + name);
    layer.window = window_of(config);
    layer.shape = conv_shape(layer.input, channels, layer.window, "student layer " + name);
    layer.map =
        layer.op == Op::conv ? conv_map(layer.input, channels, layer.window) : pool_map(layer.input, layer.window);
    look_through(layer, before, config);
  } else {
    layer.op = Op::dense;
    layer.shape = {channels, 1, 1};
    layer.map = dense_map(layer.input.size(), channels);
  }
  return layer;
}

}  // namespace

StudentLayout lay_out(const StudentConfig& config, const Dataset& data) {
  if (config.layer.empty()) throw Error("the student has no layers", "", "Add [[student.layer]] to the study");
  StudentLayout layout{config.name, {1, data.rows, data.cols}, data.input_format, {}, {}, 0};
  for (const std::size_t t : predicted_targets(config.task, data)) layout.targets.push_back(data.targets[t]);
  layout.classifies = config.task.classify_weight > 0;
  const int targets = static_cast<int>(layout.targets.size());
  StudentLayer before;
  before.shape = layout.input;
  for (std::size_t k = 0; k < config.layer.size(); ++k) {
    const LayerConfig& c = config.layer[k];
    const bool last = k + 1 == config.layer.size(), pools = c.op == "max_pool";
    const int channels = pools ? before.shape.channels : last && c.channels == 0 ? targets : c.channels;
    const std::string name = c.op + std::to_string(k + 1);
    if (pools && (last || c.groups != 1))
      throw Error("student layer " + name + " must be inside the network and have no groups", "",
                  "End the network with a dense layer");
    if (channels < 1) throw Error("student layer " + name + " has no channels", "", "Set channels to 1 or more");
    if (c.op == "table" && (k > 0 || last))
      throw Error("student layer " + name + ": a table layer reads the image", "it must be the first of several layers",
                  "Move it to the front");
    StudentLayer layer = lay_out_layer(c, before, channels, name, c.op == "table" ? levels_of(data) : 0);
    layer.weight = layout.parameters;
    layer.bias = layer.weight + static_cast<std::size_t>(layer.map.weights);
    layout.parameters = layer.bias + static_cast<std::size_t>(layer.map.channels);
    layout.layers.push_back(layer);
    before = std::move(layer);
  }
  if (before.shape.size() != targets)
    throw Error("the student's last layer gives " + std::to_string(before.shape.size()) + " values",
                "it should predict " + std::to_string(targets) + " targets", "Set its channels to 0");
  return layout;
}

}  // namespace lutra
