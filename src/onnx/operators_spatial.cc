#include <bit>

#include "base/budget.h"
#include "base/error.h"
#include "onnx/linear.h"
#include "onnx/operators.h"
#include "onnx/settle.h"
#include "onnx/window.h"

namespace lutra::onnx {
namespace {

Window whole(const Signal& in) {
  Window w;
  w.kernel_rows = in.shape.rows;
  w.kernel_cols = in.shape.cols;
  return w;
}

bool padded(const Window& w) { return w.pad_top + w.pad_bottom + w.pad_left + w.pad_right > 0; }

/// The largest value stays the largest under steps that never fall, so they may come after the pooling.
Signal largest(Builder& builder, const Operands& operands, const Signal& in, const Window& window) {
  if (in.real) throw Error("its input is not quantized", "", "Put a Quant node on the graph's input");
  for (std::size_t c = 0; c < in.channels(); ++c)
    if (direction(in.steps, c) != 1)
      throw Error("an operation before it may turn the order of values", "", "Put a Quant node before it");
  Layer layer;
  layer.op = Op::max_pool;
  layer.inputs = {in.layer};
  layer.window = window;
  Signal out = in;
  out.layer = builder.add(std::move(layer), operands.layer_name());
  out.shape = builder.shape(out.layer);
  out.own = false;
  return out;
}

Signal mean_of_power_of_two(Builder& builder, const Operands& operands, const Signal& in, const Window& window) {
  const int cells = window.kernel_rows * window.kernel_cols;
  Layer layer;
  layer.op = Op::avg_pool;
  layer.inputs = {in.layer};
  layer.window = window;
  Signal out = in;
  for (std::size_t c = 0; c < in.channels(); ++c) {
    out.range[c] = in.range[c] * cells;
    out.format[c] = smallest_format(out.range[c], in.format[c].frac + std::countr_zero(static_cast<unsigned>(cells)));
    layer.output.push_back({out.format[c]});
  }
  out.layer = builder.add(std::move(layer), operands.layer_name());
  out.shape = builder.shape(out.layer);
  out.own = false;
  return out;
}

/// A sum over the window, then a division that the next quantizer makes exact.
Signal mean_of_any(Builder& builder, const Operands& operands, const Signal& in, const Window& window) {
  const auto side = [](int n) { return static_cast<std::uint64_t>(n); };
  const std::uint64_t cells = side(window.kernel_rows) * side(window.kernel_cols);
  product_within(std::vector<std::uint64_t>{cells, in.channels()}, max_tensor_elements,
                 "cells in the windows of all channels");
  LinearWeights ones{Op::conv, std::vector<double>(in.channels() * cells, 1), in.shape.channels, window};
  ones.window.groups = in.shape.channels;
  Signal out = add_linear(builder, in, ones, operands.layer_name());
  out.own = true;
  Step divide;
  divide.kind = Step::Kind::divide;
  divide.a.assign(out.channels(), static_cast<double>(cells));
  out.steps.push_back(divide);
  return out;
}

Signal mean(Builder& builder, const Operands& operands, const Signal& in, const Window& window) {
  if (in.real) throw Error("its input is not quantized", "", "Put a Quant node on the graph's input");
  const auto cells = static_cast<unsigned>(window.kernel_rows) * static_cast<unsigned>(window.kernel_cols);
  if (std::has_single_bit(cells) && !padded(window)) return mean_of_power_of_two(builder, operands, in, window);
  return mean_of_any(builder, operands, padded(window) ? without_zero(builder, in, operands.layer_name()) : in, window);
}

Signal max_pool(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  return largest(builder, operands, in, window_of(operands.node, in, {}));
}

Signal average_pool(Builder& builder, const Operands& operands) {
  const Signal in = settled(builder, operands, 0);
  const Window window = window_of(operands.node, in, {});
  if (padded(window) && integer_attribute(operands.node, "count_include_pad", 0) == 0)
    throw Error("its mean is over fewer cells at the edge", "", "Use no padding, or count_include_pad = 1");
  return mean(builder, operands, in, window);
}

Signal global_average_pool(Builder& builder, const Operands& operands) {
  const Signal in = settled(builder, operands, 0);
  return mean(builder, operands, in, whole(in));
}

Signal global_max_pool(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  return largest(builder, operands, in, whole(in));
}

}  // namespace

const std::map<std::string, Operator>& spatial_operators() {
  static const std::map<std::string, Operator> table = {{"MaxPool", max_pool},
                                                        {"AveragePool", average_pool},
                                                        {"GlobalAveragePool", global_average_pool},
                                                        {"GlobalMaxPool", global_max_pool}};
  return table;
}

}  // namespace lutra::onnx
