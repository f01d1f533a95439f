#pragma once
#include <string>

#include "onnx/signal.h"

namespace lutra::onnx {

/// Gives integers to a signal whose last step is a quant or a sign: the network computes, for every reachable integer x
/// of the layer below, the very code that Signal::value(channel, x) gives. In order of preference:
///   1. the arithmetic of the graph, when scales and constants are powers of two and sums of them (an affine map with
///   the
///      graph's own rounding);
///   2. the shortest multiplier, bias and shift that reproduce every threshold of the staircase x -> code;
///   3. a table over all values of x (at most 20 bits).
/// 1 and 2 are merged into the linear layer below when its weights need only a sign and a shift; otherwise they become
/// a 1x1 depthwise convolution. A narrow range that the codes can leave is clipped by a small table. Error when none is
/// exact.
Signal quantize(Builder& builder, const Signal& signal, const std::string& name);

/// Makes the steps of a signal disappear without rounding: affine ones become scale and zero point, a ReLU on integers
/// an activation. Error when that is impossible ("quantize it").
Signal settle(Builder& builder, const Signal& signal, const std::string& name);

/// A signal with the same values and no zero point, so that zero padding means zero. Error when no integers do that.
Signal without_zero(Builder& builder, const Signal& signal, const std::string& name);

}  // namespace lutra::onnx
