#pragma once
#include "onnx/graph.h"
#include "onnx/signal.h"

namespace lutra::onnx {

/// kernel_shape, strides, pads, auto_pad, dilations, group and ceil_mode of a node as a window on the signal. A signal
/// of rank 3 has one row. `kernel` is used when the node gives no kernel_shape. Error on dilation, ceil_mode and
/// impossible sizes.
Window window_of(const Node& node, const Signal& signal, const std::vector<std::int64_t>& kernel);

}  // namespace lutra::onnx
