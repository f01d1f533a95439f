#pragma once
#include <vector>

#include "onnx/graph.h"

namespace lutra::onnx {

/// The output of a node all of whose inputs are constants (null: left out): quantizers and transpositions on weights,
/// shape arithmetic, expanded normalisations. Error when the node's kind is not among them or its shapes are
/// impossible.
Tensor fold(const Node& node, const std::vector<const Tensor*>& inputs);

/// `tensor` with the dimensions that a Reshape to `wanted` gives: 0 keeps one, -1 takes what is left.
std::vector<std::int64_t> reshaped_dims(const std::vector<std::int64_t>& dims, const std::vector<std::int64_t>& wanted);

/// Axis counted from the end when negative. Error outside [-rank, rank).
std::size_t axis_of(std::int64_t axis, std::size_t rank);

/// The list of integers in a tensor.
std::vector<std::int64_t> to_integers(const Tensor& tensor);

}  // namespace lutra::onnx
