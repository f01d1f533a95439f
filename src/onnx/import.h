#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/network.h"
#include "onnx/steps.h"

namespace lutra::onnx {

struct ImportOptions {
  /// Format of the integers that the firmware receives, when that is not the graph's own input quantizer: the graph's
  /// input is then integer x 2^-frac / input_divisor, and its first quantizer becomes a layer. "u8.0" with divisor 255:
  /// images.
  std::optional<Format> input_format;
  double input_divisor = 1;
  /// Products that the firmware would compute in parallel; a larger network is refused.
  std::int64_t max_products = std::int64_t{1} << 25;
};

/// A quantized ONNX model as an integer network.
struct Imported {
  Network network;
  /// How a value of the graph's input becomes an integer of network.input_format: element-wise, the last step a
  /// quantizer. One entry per channel in each. Empty when options.input_format was given.
  std::vector<Step> input_steps;
  ImportOptions options;
};

/// Turns a QONNX graph into integers that are exact for it: sums are exact, element-wise operations between a sum and
/// the next quantizer are evaluated in IEEE double in the order of the graph, on every reachable sum (docs/onnx.md).
/// When the graph ends without a quantizer, network.targets hold the scale and offset of its outputs. Error, with
/// `where` in front, on anything that is not an ONNX model, is not quantized, or cannot be exact; a node is named with
/// its position, name and type.
Imported import_network(std::string_view bytes, const std::string& where, const ImportOptions& options = {});

/// The same from a file.
Imported read_onnx(const std::filesystem::path& path, const ImportOptions& options = {});

/// Integers for the evaluator from values of the graph's input: [events][elements].
std::vector<std::int16_t> encode_inputs(const Imported& imported, std::span<const double> values);

}  // namespace lutra::onnx
