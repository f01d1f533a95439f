#pragma once
#include <map>
#include <string>
#include <vector>

#include "onnx/graph.h"
#include "onnx/signal.h"

namespace lutra::onnx {

/// One node with what its inputs are: a signal, a constant, or left out (both null).
struct Operands {
  const Node& node;
  std::vector<const Signal*> signals;
  std::vector<const Tensor*> constants;

  const Signal& signal(std::size_t i) const;
  const Tensor& constant(std::size_t i) const;
  bool has(std::size_t i) const { return i < signals.size() && (signals[i] != nullptr || constants[i] != nullptr); }
  /// Name for the layers that the node makes.
  std::string layer_name() const;
};

/// What a node does to signals. Error without the node's name, which the caller puts in front.
using Operator = Signal (*)(Builder&, const Operands&);

// By kind, each in a file of its own.
const std::map<std::string, Operator>& elementwise_operators();  // Relu, BatchNormalization, Add of a constant, ...
const std::map<std::string, Operator>& linear_operators();       // MatMul, Gemm, Conv
const std::map<std::string, Operator>& spatial_operators();      // pooling
const std::map<std::string, Operator>& moving_operators();       // Reshape, Concat, Add of signals, ArgMax, ...

/// Dimensions of the ONNX tensor that a signal stands for: the batch dimension is 1.
std::vector<std::int64_t> dims_of(const Signal& signal);

/// The map of an ONNX tensor with a batch dimension of 1, and its rank. Error when there is none.
Shape shape_of(const std::vector<std::int64_t>& dims);

/// Sum of two signals. Error when their scales have no common unit.
Signal add_signals(Builder& builder, const Operands& operands);

/// Integers without steps, exactly; see settle().
Signal settled(Builder& builder, const Operands& operands, std::size_t input);

}  // namespace lutra::onnx
