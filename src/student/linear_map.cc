#include "student/linear_map.h"

#include <algorithm>

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

LinkList grouped(const std::vector<Product>& products, int groups, std::uint32_t Product::*group,
                 std::uint32_t Product::*a, std::uint32_t Product::*b) {
  LinkList list;
  list.begin.assign(static_cast<std::size_t>(groups) + 1, 0);
  for (const Product& p : products) ++list.begin[p.*group + 1];
  for (std::size_t g = 1; g < list.begin.size(); ++g) list.begin[g] += list.begin[g - 1];
  list.links.resize(products.size());
  std::vector<std::uint32_t> next(list.begin.begin(), list.begin.end() - 1);
  for (const Product& p : products) list.links[next[p.*group]++] = {p.*a, p.*b};
  return list;
}

/// Calls visit(input element, cell of the window) for what output `o` sees of one input channel.
template <class Visit>
void for_each_cell(Shape input, Shape out, const Window& w, int channel, int o, Visit visit) {
  const int row = o / out.cols % out.rows * w.stride_rows - w.pad_top;
  const int col = o % out.cols * w.stride_cols - w.pad_left;
  for (int cell = 0; cell < w.kernel_rows * w.kernel_cols; ++cell) {
    const int r = row + cell / w.kernel_cols, c = col + cell % w.kernel_cols;
    if (r < 0 || r >= input.rows || c < 0 || c >= input.cols) continue;
    visit(static_cast<std::uint32_t>((channel * input.rows + r) * input.cols + c), cell);
  }
}

/// Convolution of those cells of the window that keep(output channel, cell) wants.
template <class Keep>
LinearMap conv_of(Shape input, int out_channels, const Window& w, Keep keep) {
  const Shape out = conv_shape(input, out_channels, w, "convolution");
  const int in_group = input.channels / w.groups, out_group = out_channels / w.groups;
  const int window = w.kernel_rows * w.kernel_cols;
  LinearMap map{.inputs = input.size(),
                .outputs = out.size(),
                .weights = out_channels * in_group * window,
                .channels = out_channels};
  std::vector<Product> products;
  for (int o = 0; o < out.size(); ++o) {
    const int channel = o / (out.rows * out.cols);
    map.channel_of.push_back(static_cast<std::uint32_t>(channel));
    for (int i = 0; i < in_group; ++i)
      for_each_cell(input, out, w, channel / out_group * in_group + i, o, [&](std::uint32_t element, int cell) {
        if (!keep(channel, cell)) return;
        products.push_back({element, static_cast<std::uint32_t>(o),
                            static_cast<std::uint32_t>((channel * in_group + i) * window + cell)});
      });
  }
  return map_of(std::move(map), products);
}

}  // namespace

LinearMap map_of(LinearMap map, const std::vector<Product>& products) {
  map.by_output = grouped(products, map.outputs, &Product::output, &Product::input, &Product::weight);
  map.by_input = grouped(products, map.inputs, &Product::input, &Product::output, &Product::weight);
  map.by_weight = grouped(products, map.weights, &Product::weight, &Product::input, &Product::output);
  return map;
}

Shape conv_shape(Shape input, int out_channels, const Window& w, const std::string& where) {
  if (input.channels % w.groups != 0 || out_channels % w.groups != 0)
    throw Error(where + ": groups must divide the channels",
                std::to_string(input.channels) + " in, " + std::to_string(out_channels) + " out, " +
                    std::to_string(w.groups) + " groups",
                "");
  if (std::max(w.pad_top, w.pad_bottom) >= w.kernel_rows || std::max(w.pad_left, w.pad_right) >= w.kernel_cols)
    throw Error(where + ": padding must be smaller than the kernel", "", "");
  const int rows = input.rows + w.pad_top + w.pad_bottom - w.kernel_rows;
  const int cols = input.cols + w.pad_left + w.pad_right - w.kernel_cols;
  if (rows < 0 || cols < 0)
    throw Error(where + ": the window is larger than its input",
                std::to_string(w.kernel_rows) + " x " + std::to_string(w.kernel_cols) + " on " +
                    std::to_string(input.rows) + " x " + std::to_string(input.cols),
                "Make the kernel smaller");
  return {out_channels, rows / w.stride_rows + 1, cols / w.stride_cols + 1};
}

LinearMap conv_map(Shape input, int out_channels, const Window& w) {
  return conv_of(input, out_channels, w, [](int, int) { return true; });
}

LinearMap station_map(Shape input, int out_channels, const Window& w, const std::vector<std::int64_t>& row_groups) {
  std::vector<int> group_of;  // of each row
  for (std::size_t g = 0; g < row_groups.size(); ++g)
    group_of.insert(group_of.end(), static_cast<std::size_t>(row_groups[g]), static_cast<int>(g));
  expects(w.kernel_rows == input.rows && static_cast<int>(group_of.size()) == input.rows, "groups of all rows");
  const int groups = static_cast<int>(row_groups.size());
  return conv_of(input, out_channels, w, [&](int channel, int cell) {
    return group_of[static_cast<std::size_t>(cell / w.kernel_cols)] == channel % groups;
  });
}

void clear_unused(const LinearMap& map, std::span<float> weights) {
  for (std::size_t w = 0; w < static_cast<std::size_t>(map.weights); ++w)
    if (map.by_weight.begin[w] == map.by_weight.begin[w + 1]) weights[w] = 0;
}

LinearMap pool_map(Shape input, const Window& w) {
  const Shape out = conv_shape(input, input.channels, w, "pooling");
  LinearMap map{.inputs = input.size(), .outputs = out.size()};
  std::vector<Product> products;
  for (int o = 0; o < out.size(); ++o) {
    const int channel = o / (out.rows * out.cols);
    map.channel_of.push_back(static_cast<std::uint32_t>(channel));
    for_each_cell(input, out, w, channel, o, [&](std::uint32_t element, int) {
      products.push_back({element, static_cast<std::uint32_t>(o), 0});
    });
  }
  map.by_output = grouped(products, map.outputs, &Product::output, &Product::input, &Product::weight);
  map.by_input = grouped(products, map.inputs, &Product::input, &Product::output, &Product::weight);
  return map;
}

LinearMap dense_map(int inputs, int outputs) {
  LinearMap map{.inputs = inputs, .outputs = outputs, .weights = inputs * outputs, .channels = outputs};
  std::vector<Product> products;
  for (std::uint32_t o = 0; o < static_cast<std::uint32_t>(outputs); ++o) {
    map.channel_of.push_back(o);
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(inputs); ++i)
      products.push_back({i, o, o * static_cast<std::uint32_t>(inputs) + i});
  }
  return map_of(std::move(map), products);
}

}  // namespace lutra
