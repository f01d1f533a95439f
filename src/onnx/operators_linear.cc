#include <cmath>

#include "base/error.h"
#include "onnx/linear.h"
#include "onnx/operators.h"
#include "onnx/settle.h"
#include "onnx/window.h"

namespace lutra::onnx {
namespace {

void add_bias(Signal& signal, const Operands& operands, double factor = 1) {
  if (!operands.has(2)) return;
  Step step;
  step.a = one_per_channel(signal, operands.constant(2));
  for (double& v : step.a) v *= factor;
  signal.steps.push_back(step);
}

/// The row vector [1, K] that a matrix multiplies.
Signal row_vector(Builder& builder, const Operands& operands) {
  Signal in = settled(builder, operands, 0);
  if (in.rank != 2) throw Error("it multiplies more than a vector", to_string(dims_of(in)), "Flatten before it");
  return in;
}

/// `matrix` is [outputs, inputs].
Signal dense(Builder& builder, const Operands& operands, const Signal& in, const Tensor& matrix) {
  if (matrix.dims.size() != 2 || matrix.dims[1] != in.shape.channels || matrix.dims[0] < 1 || matrix.dims[0] > 1 << 16)
    throw Error("a matrix of shape " + to_string(matrix.dims) + " does not fit its input",
                std::to_string(in.shape.channels) + " inputs", "");
  Signal out =
      add_linear(builder, in, {Op::dense, matrix.values, static_cast<int>(matrix.dims[0]), {}}, operands.layer_name());
  out.own = true;
  return out;
}

Signal matmul(Builder& builder, const Operands& operands) {
  if (operands.signals[0] == nullptr || !operands.has(1) || operands.constants[1] == nullptr)
    throw Error("only a signal times constant weights becomes firmware", "", "");
  const Signal in = row_vector(builder, operands);
  if (operands.constant(1).dims.size() != 2)
    throw Error("its weights are no matrix", to_string(operands.constant(1).dims), "");
  return dense(builder, operands, in, transpose(operands.constant(1), {1, 0}));
}

Signal gemm(Builder& builder, const Operands& operands) {
  if (integer_attribute(operands.node, "transA", 0) != 0) throw Error("it transposes its input", "", "Use transA = 0");
  const Signal in = row_vector(builder, operands);
  Tensor matrix = operands.constant(1);
  if (matrix.dims.size() != 2) throw Error("its weights are no matrix", to_string(matrix.dims), "");
  if (integer_attribute(operands.node, "transB", 0) == 0) matrix = transpose(matrix, {1, 0});
  const double alpha = real_attribute(operands.node, "alpha", 1);
  for (double& w : matrix.values) w *= alpha;
  Signal out = dense(builder, operands, in, matrix);
  add_bias(out, operands, real_attribute(operands.node, "beta", 1));
  return out;
}

Signal conv(Builder& builder, const Operands& operands) {
  const Tensor& kernel = operands.constant(1);
  Signal in = settled(builder, operands, 0);
  if (in.rank < 3 || kernel.dims.size() != in.rank || kernel.dims[0] < 1 || kernel.dims[0] > 1 << 16)
    throw Error("a kernel of shape " + to_string(kernel.dims) + " does not fit its input " + to_string(dims_of(in)), "",
                "");
  LinearWeights weights{Op::conv, kernel.values, static_cast<int>(kernel.dims[0]), {}};
  weights.window = window_of(operands.node, in, {kernel.dims.begin() + 2, kernel.dims.end()});
  const std::int64_t groups = integer_attribute(operands.node, "group", 1);
  if (groups < 1 || groups > in.shape.channels) throw Error("it has " + std::to_string(groups) + " groups", "", "");
  weights.window.groups = static_cast<int>(groups);
  const Window& w = weights.window;
  if (w.pad_top + w.pad_bottom + w.pad_left + w.pad_right > 0 && !in.real)
    in = without_zero(builder, in, operands.layer_name());
  Signal out = add_linear(builder, in, weights, operands.layer_name());
  out.own = true;
  add_bias(out, operands);
  return out;
}

}  // namespace

const std::map<std::string, Operator>& linear_operators() {
  static const std::map<std::string, Operator> table = {{"MatMul", matmul}, {"Gemm", gemm}, {"Conv", conv}};
  return table;
}

}  // namespace lutra::onnx
