#include <algorithm>

#include "inspect/inspect_parts.h"
#include "inspect/summary.h"

namespace lutra {
namespace {

Json shape_of(const Shape& shape) { return {shape.channels, shape.rows, shape.cols}; }

/// Multiplications of one inference, before any is optimised away.
std::uint64_t multiplications(const Layer& layer, const Shape& out) {
  if (layer.op != Op::dense && layer.op != Op::conv) return 0;
  const auto per_output = layer.weights.size() / static_cast<std::size_t>(std::max(1, layer.out_channels));
  return per_output * static_cast<std::uint64_t>(out.size());
}

Json formats_of(const std::vector<Format>& formats) {
  std::vector<std::string> different;
  for (const Format& format : formats) {
    const std::string text = to_string(format);
    if (std::find(different.begin(), different.end(), text) == different.end()) different.push_back(text);
  }
  return different;
}

Json layer_of(const Layer& layer, const LayerInfo& info) {
  Json json = {{"op", to_string(layer.op)}, {"output", shape_of(info.shape)}, {"formats", formats_of(info.formats)}};
  if (layer.relu) json["relu"] = true;
  if (layer.weights.empty()) return json;
  Summary weights;
  for (const std::int64_t w : layer.weights) weights.add(static_cast<double>(w));
  json["parameters"] = layer.weights.size() + layer.bias.size();
  json["zero_weights"] = std::count(layer.weights.begin(), layer.weights.end(), 0);
  json["weight_integers"] = {weights.lo(), weights.hi()};
  json["multiplications"] = multiplications(layer, info.shape);
  json["accumulator_bits"] = info.acc_bits;
  return json;
}

}  // namespace

Json inspect_network(const Network& network) {
  const std::vector<LayerInfo> info = check(network);
  Json layers = Json::object();
  std::uint64_t parameters = 0, products = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    layers[std::to_string(i) + " " + layer.name] = layer_of(layer, info[i]);
    parameters += layer.weights.size() + layer.bias.size();
    products += multiplications(layer, info[i].shape);
  }
  return {{"name", network.name},
          {"input", {{"shape", shape_of(network.input)}, {"format", to_string(network.input_format)}}},
          {"parameters", parameters},
          {"multiplications", products},
          {"layers", layers},
          {"targets", targets_to_json(network.targets)}};
}

}  // namespace lutra
