#pragma once
#include <filesystem>
#include <string>

#include "model/network.h"

namespace lutra::onnx {

/// The network as a QONNX model that computes the same numbers in floating point: weights and activations pass through
/// Quant nodes (qonnx.custom_op.general), scales are powers of two. import_network reads it back to a network with the
/// same integers. Rounding half up is written as an addition of half a step and a floor. Targets are not part of the
/// format. Error naming the layer for what QONNX cannot say: tables, wrapping, formats that differ between channels in
/// more than their scale, constants that 32-bit floats do not hold.
std::string export_network(const Network& network);

/// The same into a file.
void write_onnx(const std::filesystem::path& path, const Network& network);

}  // namespace lutra::onnx
