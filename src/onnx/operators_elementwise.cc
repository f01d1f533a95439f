#include <cmath>
#include <limits>

#include "base/error.h"
#include "onnx/operators.h"
#include "onnx/settle.h"

namespace lutra::onnx {
namespace {

using Kind = Step::Kind;

Signal with_step(const Signal& in, Step step) {
  Signal out = in;
  out.steps.push_back(std::move(step));
  return out;
}

Step step_of(Kind kind, std::vector<double> a = {}, std::vector<double> b = {}) {
  Step step;
  step.kind = kind;
  step.a = std::move(a);
  step.b = std::move(b);
  return step;
}

template <Kind kind>
Signal plain(Builder&, const Operands& operands) {
  return with_step(operands.signal(0), step_of(kind));
}

/// The signal and the constant of a two-sided operation, whichever side each is on.
struct Sides {
  const Signal& signal;
  std::vector<double> constant;
  bool constant_first;
};

Sides sides_of(const Operands& operands) {
  const bool constant_first = operands.signals[0] == nullptr;
  const Signal& signal = operands.signal(constant_first ? 1 : 0);
  return {signal, per_channel(signal, operands.constant(constant_first ? 0 : 1)), constant_first};
}

Signal add(Builder& builder, const Operands& operands) {
  if (operands.signals.size() == 2 && operands.signals[0] != nullptr && operands.signals[1] != nullptr)
    return add_signals(builder, operands);
  const Sides sides = sides_of(operands);
  return with_step(sides.signal, step_of(Kind::add, sides.constant));
}

std::vector<double> negated(std::vector<double> list) {
  for (double& v : list) v = -v;
  return list;
}

Signal subtract(Builder&, const Operands& operands) {
  const Sides sides = sides_of(operands);
  if (!sides.constant_first) return with_step(sides.signal, step_of(Kind::add, negated(sides.constant)));
  const std::vector<double> minus_one(sides.signal.channels(), -1);
  return with_step(with_step(sides.signal, step_of(Kind::multiply, minus_one)), step_of(Kind::add, sides.constant));
}

Signal multiply(Builder&, const Operands& operands) {
  const Sides sides = sides_of(operands);
  return with_step(sides.signal, step_of(Kind::multiply, sides.constant));
}

Signal divide(Builder&, const Operands& operands) {
  const Sides sides = sides_of(operands);
  if (sides.constant_first) throw Error("it divides by a signal", "", "");
  for (const double v : sides.constant)
    if (v == 0) throw Error("it divides by 0", "", "");
  return with_step(sides.signal, step_of(Kind::divide, sides.constant));
}

/// (x - mean) / sqrt(variance + epsilon) x scale + bias
Signal batch_normalization(Builder&, const Operands& operands) {
  const Signal& in = operands.signal(0);
  const auto parameter = [&](std::size_t i) { return one_per_channel(in, operands.constant(i)); };
  const double epsilon = real_attribute(operands.node, "epsilon", 1e-5);
  std::vector<double> deviation = parameter(4);
  for (double& v : deviation) {
    v = std::sqrt(v + epsilon);
    if (!(v > 0)) throw Error("its variance is not positive", "", "Check the model's parameters");
  }
  Signal out = with_step(in, step_of(Kind::add, negated(parameter(3))));
  out = with_step(out, step_of(Kind::divide, deviation));
  out = with_step(out, step_of(Kind::multiply, parameter(1)));
  return with_step(out, step_of(Kind::add, parameter(2)));
}

/// Bounds are attributes until operator set 10, inputs after.
Signal clip(Builder&, const Operands& operands) {
  const Signal& in = operands.signal(0);
  const auto bound = [&](std::size_t i, const char* name, double otherwise) {
    return operands.has(i) ? per_channel(in, operands.constant(i))
                           : std::vector<double>(in.channels(), real_attribute(operands.node, name, otherwise));
  };
  constexpr double most = std::numeric_limits<double>::max();
  return with_step(in, step_of(Kind::clip, bound(1, "min", -most), bound(2, "max", most)));
}

Signal leaky_relu(Builder&, const Operands& operands) {
  const Signal& in = operands.signal(0);
  return with_step(
      in, step_of(Kind::leaky_relu, std::vector<double>(in.channels(), real_attribute(operands.node, "alpha", 0.01))));
}

Signal quant(Builder& builder, const Operands& operands) {
  if (!is_quant(operands.node)) throw Error("it is not a quantizer", "", "");
  const std::size_t first = std::min<std::size_t>(1, operands.constants.size());
  const QuantParameters q = read_quant(
      operands.node, {operands.constants.begin() + static_cast<std::ptrdiff_t>(first), operands.constants.end()});
  const Signal& in = operands.signal(0);
  Step step = step_of(Kind::quant, per_channel(in, q.scale), per_channel(in, q.zero));
  step.rule = q.rule;
  const Signal out = with_step(in, step);
  return out.real ? out : quantize(builder, out, operands.layer_name());
}

Signal sign(Builder& builder, const Operands& operands) {
  const Signal out = with_step(operands.signal(0), step_of(Kind::sign));
  if (out.real) throw Error("its input is not quantized", "", "Put a Quant node on the graph's input");
  return quantize(builder, out, operands.layer_name());
}

Signal same(Builder&, const Operands& operands) { return operands.signal(0); }

}  // namespace

const std::map<std::string, Operator>& elementwise_operators() {
  static const std::map<std::string, Operator> table = {
      {"Add", add},
      {"Sub", subtract},
      {"Mul", multiply},
      {"Div", divide},
      {"BatchNormalization", batch_normalization},
      {"Relu", plain<Kind::relu>},
      {"Sigmoid", plain<Kind::sigmoid>},
      {"Tanh", plain<Kind::tanh>},
      {"Clip", clip},
      {"LeakyRelu", leaky_relu},
      {"Quant", quant},
      {"IntQuant", quant},
      {"BipolarQuant", quant},
      {"Sign", sign},
      {"Identity", same},
      {"Cast", same},
      {"Dropout", same},
  };
  return table;
}

}  // namespace lutra::onnx
