#include "onnx/fold.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/error.h"
#include "onnx/quant_rule.h"

namespace lutra::onnx {
namespace {

using Inputs = std::vector<const Tensor*>;
using Rule = std::function<Tensor(const Node&, const Inputs&)>;

const Tensor& input(const Inputs& inputs, std::size_t i) {
  if (i >= inputs.size() || inputs[i] == nullptr) throw Error("it lacks input " + std::to_string(i), "", "");
  return *inputs[i];
}

template <class Operation>
Rule elementwise(Operation operation) {
  return [operation](const Node&, const Inputs& inputs) {
    const Tensor& first = input(inputs, 0);
    const Tensor& second = input(inputs, 1);
    const auto dims = broadcast_dims(first.dims, second.dims);
    Tensor a = broadcast(first, dims);
    const Tensor b = broadcast(second, dims);
    for (std::size_t i = 0; i < a.values.size(); ++i) a.values[i] = operation(a.values[i], b.values[i]);
    a.integer = first.integer && second.integer;
    return a;
  };
}

template <class Operation>
Rule unary(Operation operation) {
  return [operation](const Node&, const Inputs& inputs) {
    Tensor out = input(inputs, 0);
    for (double& v : out.values) v = operation(v);
    return out;
  };
}

Tensor with_dims(Tensor tensor, std::vector<std::int64_t> dims) {
  if (element_count(dims) != tensor.size())
    throw Error("it turns shape " + to_string(tensor.dims) + " into " + to_string(dims), "", "");
  tensor.dims = std::move(dims);
  return tensor;
}

Tensor constant(const Node& node, const Inputs&) {
  for (const char* name : {"value", "value_float", "value_int", "value_floats", "value_ints"}) {
    const auto found = node.attributes.find(name);
    if (found == node.attributes.end()) continue;
    if (const auto* tensor = std::get_if<Tensor>(&found->second)) return *tensor;
    if (const auto* real = std::get_if<double>(&found->second)) return scalar(*real);
    if (const auto* integer = std::get_if<std::int64_t>(&found->second)) return scalar(static_cast<double>(*integer));
    if (const auto* reals = std::get_if<std::vector<double>>(&found->second)) return vector_of(*reals);
    if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&found->second))
      return vector_of({integers->begin(), integers->end()});
  }
  throw Error("it has no value that is a number", "", "");
}

Tensor quantized(const Node& node, const Inputs& inputs) {
  if (!is_quant(node)) throw Error("it is not a quantizer", "", "");
  const QuantParameters q =
      read_quant(node, {inputs.begin() + std::min<std::ptrdiff_t>(1, std::ssize(inputs)), inputs.end()});
  Tensor out = input(inputs, 0);
  const Tensor scale = broadcast(q.scale, out.dims);
  const Tensor zero = broadcast(q.zero, out.dims);
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    const double code = quant_code(out.values[i], scale.values[i], zero.values[i], q.rule);
    out.values[i] = quant_value(code, scale.values[i], zero.values[i], q.rule);
  }
  return out;
}

Tensor transposed(const Node& node, const Inputs& inputs) {
  const Tensor& in = input(inputs, 0);
  std::vector<std::int64_t> reversed;
  for (std::size_t i = in.dims.size(); i-- > 0;) reversed.push_back(static_cast<std::int64_t>(i));
  return transpose(in, integers_attribute(node, "perm", reversed));
}

Tensor reshaped(const Node& node, const Inputs& inputs) {
  const Tensor& in = input(inputs, 0);
  const auto wanted = inputs.size() > 1 ? to_integers(input(inputs, 1)) : integers_attribute(node, "shape", {});
  return with_dims(in, reshaped_dims(in.dims, wanted));
}

Tensor flattened(const Node& node, const Inputs& inputs) {
  const Tensor& in = input(inputs, 0);
  const std::int64_t given = integer_attribute(node, "axis", 1);
  const std::size_t axis =
      given == static_cast<std::int64_t>(in.dims.size()) ? in.dims.size() : axis_of(given, in.dims.size());
  std::vector<std::int64_t> dims = {1, 1};
  for (std::size_t i = 0; i < in.dims.size(); ++i) dims[i < axis ? 0 : 1] *= in.dims[i];
  return with_dims(in, dims);
}

/// The axes of Squeeze and Unsqueeze: an attribute until operator set 12, an input after.
std::vector<std::int64_t> axes(const Node& node, const Inputs& inputs) {
  return inputs.size() > 1 ? to_integers(input(inputs, 1)) : integers_attribute(node, "axes", {});
}

Tensor unsqueezed(const Node& node, const Inputs& inputs) {
  Tensor out = input(inputs, 0);
  auto list = axes(node, inputs);
  const std::size_t rank = out.dims.size() + list.size();
  if (rank > 16) throw Error("it has too many axes", "", "");
  for (std::int64_t& axis : list) axis = static_cast<std::int64_t>(axis_of(axis, rank));
  std::sort(list.begin(), list.end());
  for (const std::int64_t axis : list) {
    if (axis > std::ssize(out.dims)) throw Error("it names an axis twice", "", "");
    out.dims.insert(out.dims.begin() + axis, 1);
  }
  return out;
}

Tensor squeezed(const Node& node, const Inputs& inputs) {
  Tensor out = input(inputs, 0);
  const auto list = axes(node, inputs);
  std::vector<bool> drop(out.dims.size(), list.empty());
  for (const std::int64_t axis : list) drop[axis_of(axis, out.dims.size())] = true;
  std::vector<std::int64_t> dims;
  for (std::size_t i = 0; i < drop.size(); ++i)
    if (!drop[i] || out.dims[i] != 1) dims.push_back(out.dims[i]);
  out.dims = dims;
  return out;
}

Tensor concatenated(const Node& node, const Inputs& inputs) {
  Tensor out;
  out.integer = true;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Tensor& part = input(inputs, i);
    if (part.dims.size() != 1 || axis_of(integer_attribute(node, "axis", 0), 1) != 0)
      throw Error("only lists of numbers are joined", "", "");
    out.values.insert(out.values.end(), part.values.begin(), part.values.end());
    out.dims = {out.size()};
    element_count(out.dims);
  }
  return out;
}

Tensor gathered(const Node& node, const Inputs& inputs) {
  const Tensor& in = input(inputs, 0);
  Tensor out = input(inputs, 1);
  if (in.dims.size() != 1 || integer_attribute(node, "axis", 0) != 0)
    throw Error("it picks from more than a list", "", "");
  for (std::int64_t i = 0; const std::int64_t index : to_integers(out))
    out.values[static_cast<std::size_t>(i++)] = in.values[axis_of(index, in.values.size())];
  out.integer = in.integer;
  return out;
}

const std::map<std::string, Rule>& rules() {
  static const std::map<std::string, Rule> table = {
      {"Constant", constant},
      {"Quant", quantized},
      {"IntQuant", quantized},
      {"BipolarQuant", quantized},
      {"Transpose", transposed},
      {"Reshape", reshaped},
      {"Flatten", flattened},
      {"Unsqueeze", unsqueezed},
      {"Squeeze", squeezed},
      {"Concat", concatenated},
      {"Gather", gathered},
      {"Identity", unary([](double v) { return v; })},
      {"Cast", unary([](double v) { return v; })},
      {"Neg", unary([](double v) { return -v; })},
      {"Sqrt", unary([](double v) { return std::sqrt(v); })},
      {"Reciprocal", unary([](double v) { return 1 / v; })},
      {"Sign", unary([](double v) { return v > 0   ? 1.0
                                           : v < 0 ? -1.0
                                                   : 0.0; })},
      {"Add", elementwise([](double a, double b) { return a + b; })},
      {"Sub", elementwise([](double a, double b) { return a - b; })},
      {"Mul", elementwise([](double a, double b) { return a * b; })},
      {"Div", elementwise([](double a, double b) { return a / b; })},
      {"Pow", elementwise([](double a, double b) { return std::pow(a, b); })},
  };
  return table;
}

}  // namespace

Tensor fold(const Node& node, const Inputs& inputs) {
  const auto rule = rules().find(node.type);
  if (rule == rules().end())
    throw Error("a node of this kind on constants is not supported", "",
                "Simplify the model (onnxsim, qonnx-cleanup) before import");
  return rule->second(node, inputs);
}

std::vector<std::int64_t> reshaped_dims(const std::vector<std::int64_t>& dims,
                                        const std::vector<std::int64_t>& wanted) {
  std::vector<std::int64_t> out = wanted;
  std::ptrdiff_t open = -1;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] == 0 && i < dims.size()) out[i] = dims[i];
    if (out[i] != -1) continue;
    if (open >= 0) throw Error("its shape " + to_string(wanted) + " has two open dimensions", "", "");
    open = static_cast<std::ptrdiff_t>(i);
    out[i] = 1;
  }
  const std::int64_t known = element_count(out);
  const std::int64_t all = element_count(dims);
  if (open >= 0 && known > 0) out[static_cast<std::size_t>(open)] = all / known;
  if (element_count(out) != all)
    throw Error("it turns shape " + to_string(dims) + " into " + to_string(wanted), "", "");
  return out;
}

std::size_t axis_of(std::int64_t axis, std::size_t rank) {
  const auto n = static_cast<std::int64_t>(rank);
  if (axis < -n || axis >= n)
    throw Error("axis " + std::to_string(axis) + " does not exist", std::to_string(n) + " do", "");
  return static_cast<std::size_t>(axis < 0 ? axis + n : axis);
}

std::vector<std::int64_t> to_integers(const Tensor& tensor) {
  std::vector<std::int64_t> list;
  for (const double v : tensor.values) {
    if (v != std::floor(v) || std::abs(v) > 0x1p62)
      throw Error("a list of integers holds " + std::to_string(v), "", "");
    list.push_back(static_cast<std::int64_t>(v));
  }
  return list;
}

}  // namespace lutra::onnx
