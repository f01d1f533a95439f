#include "report/network_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>

#include "base/error.h"
#include "report/fields.h"

namespace lutra {
namespace {

using Shape3 = std::array<int, 3>;

struct Sliding {
  std::vector<int> kernel, stride, padding;
};

Sliding sliding_of(const Json& layer, const std::string& where) {
  const Json window = json_get<Json>(layer, "window", where);
  Sliding s{json_get<std::vector<int>>(window, "kernel", where), json_get<std::vector<int>>(window, "stride", where),
            json_get<std::vector<int>>(window, "padding", where)};
  const bool positive = s.stride.size() == 2 && s.stride[0] > 0 && s.stride[1] > 0;
  if (s.kernel.size() != 2 || s.padding.size() != 4 || !positive)
    throw Error(where + " has an impossible window", "", "");
  return s;
}

Shape3 slid(Shape3 in, const Sliding& s) {
  return {in[0], (in[1] + s.padding[0] + s.padding[1] - s.kernel[0]) / s.stride[0] + 1,
          (in[2] + s.padding[2] + s.padding[3] - s.kernel[1]) / s.stride[1] + 1};
}

Shape3 shape_of(const Json& layer, const std::string& op, const std::vector<Shape3>& inputs, const std::string& where) {
  const Shape3 in = inputs.empty() ? Shape3{} : inputs.front();
  if (op == "dense") return {json_get<int>(layer, "out_channels", where), 1, 1};
  if (op == "conv") {
    const Shape3 map = slid(in, sliding_of(layer, where));
    return {json_get<int>(layer, "out_channels", where), map[1], map[2]};
  }
  if (op == "max_pool" || op == "avg_pool") return slid(in, sliding_of(layer, where));
  if (op == "flatten") return {in[0] * in[1] * in[2], 1, 1};
  if (op == "argmax") return {1, 1, 1};
  if (op == "activation" || op == "table" || op == "add") return in;
  if (op == "concat") {
    Shape3 sum = {0, in[1], in[2]};
    for (const Shape3& each : inputs) sum[0] += each[0];
    return sum;
  }
  return {};
}

std::string op_text(const Json& layer, const std::string& op, const std::string& where) {
  if (op != "conv" && op != "max_pool" && op != "avg_pool") return op;
  const Sliding s = sliding_of(layer, where);
  std::string text = fmt::format("{} {}x{}", op, s.kernel[0], s.kernel[1]);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

int signed_bits(std::int64_t value) {
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value < 0 ? ~value : value))) + 1;
}

void count_weights(LayerSummary& summary, const Json& layer, const std::string& where) {
  if (!layer.contains("weights")) return;
  for (const std::int64_t weight : json_get<std::vector<std::int64_t>>(layer, "weights", where)) {
    ++summary.weights;
    summary.zero_weights += weight == 0;
    summary.weight_bits = std::max(summary.weight_bits, signed_bits(weight));
    summary.signed_digits += count_signed_digits(weight);
  }
}

std::string output_text(const Json& layer, const std::string& where) {
  if (!layer.contains("output")) return "";
  std::set<std::string> formats;
  for (const Json& quantizer : list_at(layer, "output", where))
    formats.insert(json_get<std::string>(quantizer, "format", where));
  if (formats.size() <= 1) return formats.empty() ? "" : *formats.begin();
  return fmt::format("{} .. {}", *formats.begin(), *formats.rbegin());
}

std::vector<Shape3> input_shapes(const Json& layer, const std::vector<LayerSummary>& before, const std::string& where) {
  std::vector<Shape3> shapes;
  for (const int input : json_get<std::vector<int>>(layer, "inputs", where)) {
    // Layer i stands at i + 1, after the network's input, which is number -1.
    if (input < -1 || input + 2 > static_cast<int>(before.size()))
      throw Error(where + " reads a layer that does not come before it", "", "");
    shapes.push_back(before[static_cast<std::size_t>(input + 1)].shape);
  }
  return shapes;
}

LayerSummary input_summary(const Json& network, const std::string& where) {
  const Json input = json_get<Json>(network, "input", where);
  const auto shape = json_get<std::vector<int>>(input, "shape", where);
  if (shape.size() != 3) throw Error(where + ": the input's shape must be three numbers", "", "");
  LayerSummary summary;
  summary.name = "input";
  summary.op = "input";
  summary.shape = {shape[0], shape[1], shape[2]};
  summary.output = json_get<std::string>(input, "format", where);
  return summary;
}

}  // namespace

int count_signed_digits(std::int64_t value) {
  const auto n = static_cast<std::uint64_t>(value < 0 ? -value : value);
  return std::popcount(n ^ (3 * n));
}

std::vector<LayerSummary> summarise_network(const Json& network, const std::string& where) {
  std::vector<LayerSummary> summaries = {input_summary(network, where)};
  const Json& layers = list_at(network, "layers", where);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Json& layer = layers[i];
    const std::string here = fmt::format("{} layer {}", where, i);
    const auto op = json_get<std::string>(layer, "op", here);
    LayerSummary summary;
    summary.name = json_get<std::string>(layer, "name", here);
    summary.op = op_text(layer, op, here);
    summary.shape = shape_of(layer, op, input_shapes(layer, summaries, here), here);
    summary.relu = layer.contains("relu") && json_get<bool>(layer, "relu", here);
    summary.output = output_text(layer, here);
    count_weights(summary, layer, here);
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

}  // namespace lutra
