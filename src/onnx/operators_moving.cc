#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "onnx/argmax.h"
#include "onnx/fold.h"
#include "onnx/linear.h"
#include "onnx/operators.h"
#include "onnx/settle.h"

namespace lutra::onnx {
namespace {

/// The signal as a tensor of other dimensions with its elements in the same order.
Signal with_dims(Builder& builder, const Signal& in, const std::vector<std::int64_t>& dims, const std::string& name) {
  const Shape shape = shape_of(dims);
  Signal out = in;
  if (shape == in.shape) {
    out.rank = std::max<std::size_t>(dims.size(), 2);
    return out;
  }
  if (shape == Shape{in.shape.size(), 1, 1}) {
    flatten_channels(out);
    if (in.real) return out;
    Layer layer;
    layer.op = Op::flatten;
    layer.inputs = {in.layer};
    out.layer = builder.add(std::move(layer), name);
    out.own = false;
    return out;
  }
  if (!in.real || !in.steps.empty() || shape.size() != in.shape.size())
    throw Error("it turns " + to_string(dims_of(in)) + " into " + to_string(dims), "only flattening becomes firmware",
                "Remove it");
  out.shape = shape;
  out.rank = dims.size();
  return out;
}

Signal reshape(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  const auto wanted =
      operands.has(1) ? to_integers(operands.constant(1)) : integers_attribute(operands.node, "shape", {});
  return with_dims(builder, in, reshaped_dims(dims_of(in), wanted), operands.layer_name());
}

Signal flatten(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  if (axis_of(integer_attribute(operands.node, "axis", 1), in.rank) != 1)
    throw Error("it mixes the batch with the data", "", "Use axis = 1");
  return with_dims(builder, in, {1, in.shape.size()}, operands.layer_name());
}

std::vector<std::int64_t> axes(const Operands& operands) {
  return operands.has(1) ? to_integers(operands.constant(1)) : integers_attribute(operands.node, "axes", {});
}

Signal squeeze(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  auto dims = dims_of(in);
  for (const std::int64_t axis : axes(operands))
    if (dims[axis_of(axis, in.rank)] != 1) throw Error("it removes an axis of more than one element", "", "");
  for (std::size_t i = dims.size(); i-- > 1;) {
    const auto list = axes(operands);
    const bool named =
        std::any_of(list.begin(), list.end(), [&](std::int64_t axis) { return axis_of(axis, in.rank) == i; });
    if (named || (list.empty() && dims[i] == 1)) dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return with_dims(builder, in, dims, operands.layer_name());
}

Signal unsqueeze(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  auto dims = dims_of(in);
  auto list = axes(operands);
  if (list.size() > 4) throw Error("it has too many axes", "", "");
  for (std::int64_t& axis : list) axis = static_cast<std::int64_t>(axis_of(axis, dims.size() + list.size()));
  std::sort(list.begin(), list.end());
  for (const std::int64_t axis : list) {
    if (axis > std::ssize(dims)) throw Error("it names an axis twice", "", "");
    dims.insert(dims.begin() + axis, 1);
  }
  return with_dims(builder, in, dims, operands.layer_name());
}

/// Moving axes of length 1 changes no order; any other transposition would need its own wiring.
Signal transpose_signal(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  const auto dims = dims_of(in);
  std::vector<std::int64_t> reversed;
  for (std::size_t i = dims.size(); i-- > 0;) reversed.push_back(static_cast<std::int64_t>(i));
  const auto order = integers_attribute(operands.node, "perm", reversed);
  if (order.size() != dims.size()) throw Error("perm " + to_string(order) + " does not fit " + to_string(dims), "", "");
  std::vector<std::int64_t> moved, long_axes;
  for (const std::int64_t axis : order) {
    moved.push_back(dims[axis_of(axis, dims.size())]);
    if (moved.back() != 1) long_axes.push_back(axis);
  }
  if (!std::is_sorted(long_axes.begin(), long_axes.end()))
    throw Error("it changes the order of the data", "perm " + to_string(order),
                "Export in channels-first layout (qonnx-convert-to-channels-first)");
  return with_dims(builder, in, moved, operands.layer_name());
}

Signal concat(Builder& builder, const Operands& operands) {
  if (operands.signals.empty()) throw Error("it has no inputs", "", "");
  Signal out;
  Layer layer;
  layer.op = Op::concat;
  for (std::size_t i = 0; i < operands.signals.size(); ++i) {
    const Signal part = settled(builder, operands, i);
    if (part.real) throw Error("its input is not quantized", "", "Put a Quant node on the graph's input");
    if (axis_of(integer_attribute(operands.node, "axis", 1), part.rank) != 1)
      throw Error("it joins along another axis than the channels", "", "Use axis = 1");
    if (i == 0) out.rank = part.rank;
    layer.inputs.push_back(part.layer);
    out.format.insert(out.format.end(), part.format.begin(), part.format.end());
    out.range.insert(out.range.end(), part.range.begin(), part.range.end());
    out.scale.insert(out.scale.end(), part.scale.begin(), part.scale.end());
    out.zero.insert(out.zero.end(), part.zero.begin(), part.zero.end());
  }
  out.layer = builder.add(std::move(layer), operands.layer_name());
  out.shape = builder.shape(out.layer);
  return out;
}

Signal argmax(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  if (axis_of(integer_attribute(operands.node, "axis", 0), in.rank) != 1 ||
      integer_attribute(operands.node, "select_last_index", 0) != 0)
    throw Error("it is not the first largest channel", "", "Use axis = 1 and select_last_index = 0");
  return add_argmax(builder, in, operands.layer_name());
}

Signal top_k(Builder& builder, const Operands& operands) {
  const Signal& in = operands.signal(0);
  const auto list = operands.has(1) ? to_integers(operands.constant(1))
                                    : std::vector<std::int64_t>{integer_attribute(operands.node, "k", 1)};
  if (list.size() != 1) throw Error("its k is not one number", std::to_string(list.size()) + " are given", "");
  const std::int64_t k = list[0];
  if (k != 1 || axis_of(integer_attribute(operands.node, "axis", -1), in.rank) != 1 ||
      integer_attribute(operands.node, "largest", 1) != 1)
    throw Error("only the largest channel is taken", "k " + std::to_string(k), "Use k = 1 along the channels");
  return add_argmax(builder, in, operands.layer_name());
}

/// Integer factors that bring two scales to their common unit.
struct Factors {
  double unit;
  std::int64_t first, second;
};

Factors common_scale(double a, double b) {
  const double unit = std::min(a, b);
  const double ratio = std::max(a, b) / unit;
  if (ratio != std::floor(ratio) || ratio > 1 << 16 || std::fma(ratio, unit, -std::max(a, b)) != 0)
    throw Error("it adds numbers whose scales have no common unit", std::to_string(a) + " and " + std::to_string(b),
                "Quantize both inputs with one scale");
  const auto factor = static_cast<std::int64_t>(ratio);
  return {unit, a > b ? factor : 1, a > b ? 1 : factor};
}

/// The signal with its integers multiplied.
Signal multiplied(Builder& builder, const Signal& in, const std::vector<std::int64_t>& factors,
                  const std::string& name) {
  if (std::all_of(factors.begin(), factors.end(), [](std::int64_t f) { return f == 1; })) return in;
  Signal out = in;
  ScaleLayer scale;
  scale.multiplier = factors;
  for (std::size_t c = 0; c < in.channels(); ++c) {
    out.range[c] = in.range[c] * factors[c];
    out.format[c] = smallest_format(out.range[c], in.format[c].frac);
    scale.multiplier_frac.push_back(0);
    scale.bias.push_back(0);
    scale.bias_frac.push_back(0);
    scale.output.push_back({out.format[c]});
  }
  out.layer = add_scale(builder, in, std::move(scale), name);
  return out;
}

}  // namespace

Signal add_signals(Builder& builder, const Operands& operands) {
  Signal a = settled(builder, operands, 0);
  Signal b = settled(builder, operands, 1);
  if (a.real || b.real) throw Error("its input is not quantized", "", "Put a Quant node on the graph's input");
  if (a.shape != b.shape) throw Error("it adds " + to_string(dims_of(a)) + " and " + to_string(dims_of(b)), "", "");
  std::vector<std::int64_t> first, second;
  Signal out = a;
  for (std::size_t c = 0; c < a.channels(); ++c) {
    const Factors f = common_scale(a.scale[c], b.scale[c]);
    first.push_back(f.first);
    second.push_back(f.second);
    out.scale[c] = f.unit;
    out.zero[c] = static_cast<double>(f.first) * a.zero[c] + static_cast<double>(f.second) * b.zero[c];
  }
  a = multiplied(builder, a, first, operands.layer_name() + "_left");
  b = multiplied(builder, b, second, operands.layer_name() + "_right");
  Layer layer;
  layer.op = Op::add;
  layer.inputs = {a.layer, b.layer};
  for (std::size_t c = 0; c < a.channels(); ++c) {
    const int frac = std::max(a.format[c].frac, b.format[c].frac);
    out.range[c] = shift_left(a.range[c], frac - a.format[c].frac) + shift_left(b.range[c], frac - b.format[c].frac);
    out.format[c] = smallest_format(out.range[c], frac);
    layer.output.push_back({out.format[c]});
  }
  out.layer = builder.add(std::move(layer), operands.layer_name());
  out.own = false;
  return out;
}

const std::map<std::string, Operator>& moving_operators() {
  static const std::map<std::string, Operator> table = {
      {"Reshape", reshape},
      {"Flatten", flatten},
      {"Squeeze", squeeze},
      {"Unsqueeze", unsqueeze},
      {"Transpose", transpose_signal},
      {"Concat", concat},
      {"ArgMax", argmax},
      {"TopK", top_k},
  };
  return table;
}

}  // namespace lutra::onnx
