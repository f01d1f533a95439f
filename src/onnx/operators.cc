#include "onnx/operators.h"

#include <limits>

#include "base/error.h"
#include "onnx/settle.h"

namespace lutra::onnx {

const Signal& Operands::signal(std::size_t i) const {
  if (i >= signals.size() || signals[i] == nullptr)
    throw Error("input " + std::to_string(i) + " must depend on the graph's input", "it is a constant or left out", "");
  return *signals[i];
}

const Tensor& Operands::constant(std::size_t i) const {
  if (i >= constants.size() || constants[i] == nullptr)
    throw Error("input " + std::to_string(i) + " must be a constant", "it depends on the graph's input or is left out",
                "Export the model for inference, with its parameters as initialisers");
  return *constants[i];
}

std::string Operands::layer_name() const {
  return node.name.empty() ? node.type + "_" + std::to_string(node.position) : node.name;
}

std::vector<std::int64_t> dims_of(const Signal& s) {
  if (s.rank == 2) return {1, s.shape.channels};
  if (s.rank == 3) return {1, s.shape.channels, s.shape.cols};
  return {1, s.shape.channels, s.shape.rows, s.shape.cols};
}

Shape shape_of(const std::vector<std::int64_t>& dims) {
  const bool batch = dims.size() > 1;
  if (dims.empty() || dims.size() > 4 || (batch && dims[0] != 1))
    throw Error("a tensor of shape " + to_string(dims) + " is no single event", "", "Use [1, channels, rows, columns]");
  for (const std::int64_t d : dims)
    if (d < 1 || d > 1 << 16)
      throw Error("a tensor of shape " + to_string(dims) + " is impossible", "sides are 1 to 65536", "");
  const auto side = [&](std::size_t i) { return static_cast<int>(dims[i]); };
  if (!batch) return {side(0), 1, 1};
  const std::int64_t size = element_count(dims);
  if (size > 1 << 22) throw Error("a tensor of shape " + to_string(dims) + " is too large for firmware", "", "");
  if (dims.size() == 2) return {side(1), 1, 1};
  if (dims.size() == 3) return {side(1), 1, side(2)};
  return {side(1), side(2), side(3)};
}

Signal settled(Builder& builder, const Operands& operands, std::size_t input) {
  return settle(builder, operands.signal(input), operands.layer_name());
}

}  // namespace lutra::onnx
