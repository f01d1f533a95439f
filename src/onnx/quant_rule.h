#pragma once
#include "onnx/graph.h"

namespace lutra::onnx {

/// Rounding modes of the QONNX Quant operator.
enum class QuantRounding { half_even, ceil, floor, away_from_zero, towards_zero, half_away, half_towards };

/// The integer part of a Quant or BipolarQuant node. For x the code is
///   bipolar: x >= 0 ? 1 : 0,   else   round(clip(x / scale + zero, min, max))
/// and the value it stands for: bipolar: scale (2 code - 1), else scale (code - zero).
/// Source: QONNX operator definitions (Quant, BipolarQuant). Signed quantization to one bit means bipolar there.
struct QuantRule {
  int bits = 8;  // 1..32
  bool is_signed = true;
  bool narrow = false;  // one value fewer: -max..max, or 0..2^bits - 2
  bool bipolar = false;
  QuantRounding rounding = QuantRounding::half_even;

  double min() const;
  double max() const;
};

/// A node's rule with its scale and zero point, which broadcast to the tensor.
struct QuantParameters {
  QuantRule rule;
  Tensor scale;  // every element > 0 and finite
  Tensor zero;
};

bool is_quant(const Node& node);

/// `inputs` are the node's constant inputs from the second on (scale, zero point, bits). Error on impossible
/// parameters.
QuantParameters read_quant(const Node& node, const std::vector<const Tensor*>& parameters);

/// The code of x. Error when x is not a number.
double quant_code(double x, double scale, double zero, const QuantRule& rule);

/// The value that a code stands for.
double quant_value(double code, double scale, double zero, const QuantRule& rule);

}  // namespace lutra::onnx
