#include "student/student_table.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace lutra {
namespace {

constexpr int most_states = 4096;

std::size_t cols_of(const TableCells& cells) { return cells.pixels.size() / cells.group_rows.size(); }

}  // namespace

int TableCells::states(std::size_t group) const {
  int states = 1;
  for (int row = 0; row < group_rows[group]; ++row) states *= levels;
  return states - 1;
}

int TableCells::state_of(std::size_t cell, std::span<const std::int16_t> image) const {
  int state = 0;
  for (std::size_t k = pixels[cell].size(); k-- > 0;)
    state = state * levels + std::min<int>(image[static_cast<std::size_t>(pixels[cell][k])], levels - 1);
  return state;
}

TableCells table_cells(const Shape& image, int levels, const std::vector<std::int64_t>& group_rows) {
  TableCells cells{levels, {group_rows.begin(), group_rows.end()}, {}, {}, 0};
  if (std::accumulate(cells.group_rows.begin(), cells.group_rows.end(), 0) != image.rows || image.channels != 1)
    throw Error("row_groups of the table layer do not add up to the image's " + std::to_string(image.rows) + " rows",
                "", "Give the rows of each station, from the inside, such as [3, 2, 2, 2]");
  int row = 0;
  for (std::size_t g = 0; g < cells.group_rows.size(); row += cells.group_rows[g++]) {
    const int states = cells.group_rows[g] * (levels > 2 ? 2 : 1) <= 12 ? cells.states(g) : most_states + 1;
    if (states > most_states)
      throw Error("row_groups: a group of " + std::to_string(cells.group_rows[g]) + " rows has too many states", "",
                  "Use smaller groups");
    for (int col = 0; col < image.cols; ++col) {
      std::vector<int>& pixels = cells.pixels.emplace_back();
      for (int k = 0; k < cells.group_rows[g]; ++k) pixels.push_back((row + k) * image.cols + col);
      cells.first.push_back(cells.inputs);
      cells.inputs += states;
    }
  }
  return cells;
}

LinearMap table_map(const TableCells& cells, int channels) {
  const std::size_t groups = cells.group_rows.size(), cols = cols_of(cells);
  LinearMap map;
  map.inputs = cells.inputs;
  map.channels = channels * static_cast<int>(groups);
  map.outputs = map.channels * static_cast<int>(cols);
  std::vector<Product> products;
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(map.channels); ++channel) {
    const std::size_t group = channel % groups;
    for (std::size_t col = 0; col < cols; ++col) {
      const auto output = static_cast<std::uint32_t>(channel * cols + col);
      map.channel_of.push_back(static_cast<std::uint32_t>(channel));
      for (int s = 0; s < cells.states(group); ++s)
        products.push_back({static_cast<std::uint32_t>(cells.first[group * cols + col] + s), output,
                            static_cast<std::uint32_t>(map.weights + s)});
    }
    map.weights += cells.states(group);
  }
  return map_of(std::move(map), products);
}

Layer address_layer(const TableCells& cells, int channels, Format input, const std::string& name) {
  const std::size_t groups = cells.group_rows.size();
  const int rows = std::accumulate(cells.group_rows.begin(), cells.group_rows.end(), 0);
  Layer layer;
  layer.name = name;
  layer.op = Op::conv;
  layer.window.kernel_rows = rows;
  layer.out_channels = channels * static_cast<int>(groups);
  layer.weight_frac.assign(static_cast<std::size_t>(layer.out_channels), 0);
  layer.bias.assign(static_cast<std::size_t>(layer.out_channels), 0);
  layer.bias_frac = layer.weight_frac;
  for (std::size_t c = 0; c < static_cast<std::size_t>(layer.out_channels); ++c) {
    const std::size_t group = c % groups;
    const int first =
        std::accumulate(cells.group_rows.begin(), cells.group_rows.begin() + static_cast<std::ptrdiff_t>(group), 0);
    for (int row = 0; row < rows; ++row) {
      const int place = row - first;
      const bool inside = place >= 0 && place < cells.group_rows[group];
      layer.weights.push_back(inside ? std::int64_t{1} << (place * input.bits) : 0);
    }
    layer.output.push_back({{cells.group_rows[group] * input.bits, input.frac, false}, Rounding::down, Overflow::wrap});
  }
  return layer;
}

int state_of_address(const TableCells& cells, std::size_t group, int input_bits, std::uint32_t address) {
  int state = 0;
  for (int k = cells.group_rows[group]; k-- > 0;) {
    const auto pixel = static_cast<int>(address >> (k * input_bits) & ((1u << input_bits) - 1));
    state = state * cells.levels + std::min(pixel, cells.levels - 1);
  }
  return state;
}

}  // namespace lutra
