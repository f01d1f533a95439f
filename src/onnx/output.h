#pragma once
#include <string>

#include "onnx/graph.h"
#include "onnx/signal.h"

namespace lutra::onnx {

/// The tensor that the network shall compute: the only output, or the indices of a TopK.
std::string output_name(const Graph& graph);

/// Drops nodes that the output does not need.
void keep_needed_nodes(Graph& graph, const std::string& output);

/// Makes `signal` the network's output: affine steps that no quantizer follows become targets, unneeded layers go.
void finish_output(Builder& builder, const Signal& signal);

}  // namespace lutra::onnx
