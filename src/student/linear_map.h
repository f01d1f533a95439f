#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/network.h"

namespace lutra {

/// One product of a linear map: out += weight x in.
struct Link {
  std::uint32_t a;
  std::uint32_t b;
};

/// Groups of links, group g at [begin[g], begin[g + 1]).
struct LinkList {
  std::vector<std::uint32_t> begin;
  std::vector<Link> links;
};

/// A linear map with shared weights as a list of its products: convolutions of any window, dense layers and sparse ones
/// are the same to what runs on it. Each product appears three times, once for each of the three sums it takes part in.
struct LinearMap {
  int inputs = 0;
  int outputs = 0;
  int weights = 0;
  int channels = 0;                            // biases
  std::vector<std::uint32_t> channel_of = {};  // [outputs] which bias

  LinkList by_output = {};  // a = input, b = weight
  LinkList by_input = {};   // a = output, b = weight
  LinkList by_weight = {};  // a = input, b = output
};

/// output += weight x input.
struct Product {
  std::uint32_t input, output, weight;
};

/// Fills the three lists of a map whose counts and channels are set.
LinearMap map_of(LinearMap map, const std::vector<Product>& products);

/// Convolution; weights [out][in / groups][kernel_rows][kernel_cols], padding with zeros, outputs [out][rows][cols].
LinearMap conv_map(Shape input, int out_channels, const Window& window);

/// Convolution whose output channels see the rows of one group (a detector's station) each, the groups in turn: channel
/// c reads those of group c % groups. Weights as conv_map's; those of other groups' rows have no products. The window
/// must have all rows of the input.
LinearMap station_map(Shape input, int out_channels, const Window& window, const std::vector<std::int64_t>& row_groups);

/// Sets the weights without any product to 0: what an exported convolution has there.
void clear_unused(const LinearMap& map, std::span<float> weights);

/// Windows of a max pooling, channel by channel: no weights; by_output and by_input tell which inputs an output is the
/// largest of. Padding is no input.
LinearMap pool_map(Shape input, const Window& window);

/// Dense layer, weights [out][in].
LinearMap dense_map(int inputs, int outputs);

/// Shape of conv_map's and pool_map's output. Error naming `where` when the window does not fit the input, padding
/// exceeds the kernel, or the groups do not divide the channels.
Shape conv_shape(Shape input, int out_channels, const Window& window, const std::string& where);

}  // namespace lutra
