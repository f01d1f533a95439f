#pragma once
#include <vector>

#include "onnx/quant_rule.h"

namespace lutra::onnx {

/// One element-wise operation of the graph on a tensor that the network does not hold as such yet. Parameters have one
/// entry per channel.
struct Step {
  enum class Kind { add, multiply, divide, relu, clip, leaky_relu, sigmoid, tanh, sign, quant };
  Kind kind = Kind::add;
  std::vector<double> a;  // summand, factor, divisor, lower bound, slope, or scale of a quant
  std::vector<double> b;  // upper bound, or zero point of a quant
  QuantRule rule;         // of a quant
};

/// The step's result for x in a channel: IEEE double arithmetic, in the order of the graph. A quant gives its code.
double apply(const Step& step, std::size_t channel, double x);

/// All steps, one after another.
double apply(const std::vector<Step>& steps, std::size_t channel, double x);

/// +1 when a larger x never gives a smaller result, -1 for the opposite, 0 when neither is certain. Exact, for IEEE
/// operations are monotone themselves.
int direction(const std::vector<Step>& steps, std::size_t channel);

}  // namespace lutra::onnx
