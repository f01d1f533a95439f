#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "model/network.h"
#include "student/linear_map.h"

namespace lutra {

/// How a table layer reads the image: the rows are cut into groups (the detector's stations), and in every column the
/// pixels of one group are a cell whose state (all its pixel values together) is the address of a truth table. The
/// tables' entries are trained directly, as the weights of a linear map from one-hot states: entry of state s > 0 is
/// bias + weight[s], of state 0 it is the bias. All columns share the tables of their group.
struct TableCells {
  int levels = 0;                        // pixel values 0 .. levels - 1; larger ones count as levels - 1
  std::vector<int> group_rows;           // rows in each group
  std::vector<std::vector<int>> pixels;  // [cells] indices into the image; cell = group x cols + col
  std::vector<int> first;                // [cells] one-hot input of state 1
  int inputs = 0;                        // one-hot inputs of all cells

  /// Number of states of a cell of a group, the empty one not counted.
  int states(std::size_t group) const;
  /// State of a cell, 0 when all its pixels are 0.
  int state_of(std::size_t cell, std::span<const std::int16_t> pixels) const;
};

/// Cells of an image. Error when the groups' rows do not add up to the image's, or a cell has more than 4096 states.
TableCells table_cells(const Shape& image, int levels, const std::vector<std::int64_t>& group_rows);

/// The map from one-hot states: (channels x groups) output channels of one row of `cols` columns; weights
/// [channel][group][state - 1].
LinearMap table_map(const TableCells& cells, int channels);

/// A convolution that computes the addresses of all cells, for every channel anew: [channel x groups + group][1][cols].
/// Pure wiring in hardware, as the pixels' bits stand side by side.
Layer address_layer(const TableCells& cells, int channels, Format input, const std::string& name);

/// State that an address stands for: pixel values beyond the levels count as the highest one.
int state_of_address(const TableCells& cells, std::size_t group, int input_bits, std::uint32_t address);

}  // namespace lutra
