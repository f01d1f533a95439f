#include "teacher/teacher_layers.h"

#include <span>

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

/// One row of a plan; a kernel of 0 means dense, no channels one per target.
struct Step {
  int channels;
  int kernel_rows = 0, kernel_cols = 0;
  int stride_cols = 1;
  int pool_rows = 1, pool_cols = 1;
};

constexpr Step fragment_plan[] = {
    {10, 3, 3}, {10, 3, 3}, {17, 3, 3, 1, 1, 2}, {17, 3, 3}, {17, 3, 3}, {10, 0, 0, 1, 2, 2}, {10}, {0}};
constexpr Step image_plan[] = {
    {6, 3, 5, 2}, {12, 3, 3, 1, 1, 2}, {16, 3, 3, 1, 1, 2}, {24, 3, 3, 1, 1, 2}, {112, 0, 0, 1, 3, 2}, {16}, {0}};

std::span<const Step> steps_of(TeacherPlan plan) {
  if (plan == TeacherPlan::image) return image_plan;
  return fragment_plan;
}

/// A map on its way through the plan.
struct Map {
  int channels = 1, rows, cols;
  double first_row = 0, first_col = 0, row_step = 1, col_step = 1;
};

void pool(Map& map, const Step& step) {
  map.rows /= step.pool_rows;
  map.cols /= step.pool_cols;
  map.first_row += map.row_step * (step.pool_rows - 1) / 2;
  map.first_col += map.col_step * (step.pool_cols - 1) / 2;
  map.row_step *= step.pool_rows;
  map.col_step *= step.pool_cols;
}

TeacherLayer layer_on(const Map& in, const Step& step, int channels) {
  TeacherLayer layer;
  layer.dense = step.kernel_rows == 0;
  layer.channels = channels;
  layer.pool_rows = step.pool_rows;
  layer.pool_cols = step.pool_cols;
  layer.inputs = in.channels * (layer.dense ? in.rows * in.cols : step.kernel_rows * step.kernel_cols);
  if (layer.dense) return layer;
  layer.kernel_rows = step.kernel_rows;
  layer.kernel_cols = step.kernel_cols;
  layer.stride_cols = step.stride_cols;
  layer.rows = in.rows;
  layer.cols = (in.cols - 1) / step.stride_cols + 1;
  layer.first_row = in.first_row;
  layer.first_col = in.first_col;
  layer.row_step = in.row_step;
  layer.col_step = in.col_step * step.stride_cols;
  return layer;
}

}  // namespace

std::string to_string(TeacherPlan plan) { return plan == TeacherPlan::image ? "image" : "fragment"; }

TeacherPlan parse_teacher_plan(const std::string& text, const std::string& where) {
  for (const TeacherPlan plan : {TeacherPlan::fragment, TeacherPlan::image})
    if (text == to_string(plan)) return plan;
  throw Error(where + " holds a teacher of unknown plan \"" + text + "\"", "known are fragment and image", "");
}

bool fits_plan(const TeacherShape& shape) {
  Map map{.rows = shape.rows, .cols = shape.cols};
  for (const Step& step : steps_of(shape.plan)) {
    pool(map, step);
    map.cols = (map.cols + step.stride_cols - 1) / step.stride_cols;
  }
  return map.rows >= 1 && map.cols >= 1 && shape.targets >= 1;
}

std::vector<TeacherLayer> teacher_layers(const TeacherShape& shape) {
  expects(fits_plan(shape), "an image that survives the poolings");
  std::vector<TeacherLayer> layers;
  Map map{.rows = shape.rows, .cols = shape.cols};
  std::size_t offset = 0;
  int convolutions = 0, denses = 0;
  for (const Step& step : steps_of(shape.plan)) {
    pool(map, step);
    TeacherLayer layer = layer_on(map, step, step.channels == 0 ? shape.targets : step.channels);
    layer.name = step.channels == 0 ? "output"
                 : layer.dense      ? "dense" + std::to_string(++denses)
                                    : "conv" + std::to_string(++convolutions);
    layer.weight = offset;
    layer.bias = offset + static_cast<std::size_t>(layer.inputs) * static_cast<std::size_t>(layer.channels);
    offset = layer.bias + static_cast<std::size_t>(layer.channels);
    map = {layer.channels, layer.rows, layer.cols, layer.first_row, layer.first_col, layer.row_step, layer.col_step};
    layers.push_back(std::move(layer));
  }
  return layers;
}

std::size_t teacher_parameters(const TeacherShape& shape) {
  const TeacherLayer last = teacher_layers(shape).back();
  return last.bias + static_cast<std::size_t>(last.channels);
}

double teacher_products(const TeacherShape& shape) {
  double products = 0;
  for (const TeacherLayer& layer : teacher_layers(shape))
    products += static_cast<double>(layer.rows) * layer.cols * layer.channels * layer.inputs;
  return products;
}

}  // namespace lutra
