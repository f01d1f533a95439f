#pragma once
#include <optional>
#include <string>

#include "onnx/signal.h"

namespace lutra::onnx {

/// The constant part of a MatMul, Gemm or Conv.
struct LinearWeights {
  Op op = Op::dense;           // dense or conv
  std::vector<double> values;  // real values, in the order of Layer::weights
  int out_channels = 0;
  Window window;  // of a conv
};

/// Appends the layer that computes the product exactly in integers and returns its accumulators. The unit of an output
/// channel is the greatest common divisor of its weights, so any scale comes out exactly, wherever the graph applied
/// it. Error when the input is not settled, when weights need more than 16 bits (they are not quantized), or when the
/// channels of the input have scales without a common unit.
Signal add_linear(Builder& builder, const Signal& input, const LinearWeights& weights, const std::string& name);

/// The largest number that all values are integer multiples of (exact: real numbers in a computer are integers times
/// powers of two). Nothing when the multiples would exceed 2^53; 1 when all are zero.
std::optional<double> common_unit(const std::vector<double>& values);

/// A 1x1 depthwise convolution: channel c becomes multiplier[c] x + bias[c] 2^-bias_frac[c], rounded as `output` says,
/// or exact when that is empty.
struct ScaleLayer {
  std::vector<std::int64_t> multiplier;
  std::vector<int> multiplier_frac;
  std::vector<std::int64_t> bias;
  std::vector<int> bias_frac;
  bool relu = false;
  std::vector<Quantizer> output;
};
int add_scale(Builder& builder, const Signal& input, ScaleLayer scale, const std::string& name);

}  // namespace lutra::onnx
