#include <array>

#include "base/error.h"
#include "base/name.h"
#include "model/network.h"

namespace lutra {
namespace {

struct OpName {
  Op op;
  const char* name;
};
constexpr std::array op_names = {
    OpName{Op::dense, "dense"},           OpName{Op::conv, "conv"},
    OpName{Op::max_pool, "max_pool"},     OpName{Op::avg_pool, "avg_pool"},
    OpName{Op::activation, "activation"}, OpName{Op::flatten, "flatten"},
    OpName{Op::table, "table"},           OpName{Op::add, "add"},
    OpName{Op::concat, "concat"},         OpName{Op::argmax, "argmax"},
};

bool has_window(Op op) { return op == Op::conv || op == Op::max_pool || op == Op::avg_pool; }
bool has_weights(Op op) { return op == Op::dense || op == Op::conv; }

Json window_to_json(const Window& w) {
  return {{"kernel", {w.kernel_rows, w.kernel_cols}},
          {"stride", {w.stride_rows, w.stride_cols}},
          {"padding", {w.pad_top, w.pad_bottom, w.pad_left, w.pad_right}},
          {"groups", w.groups}};
}

std::vector<int> ints(const Json& json, const char* key, std::size_t count, const std::string& where) {
  auto list = json_get<std::vector<int>>(json, key, where);
  if (list.size() != count)
    throw Error(where + ": \"" + key + "\" must have " + std::to_string(count) + " entries", "", "");
  return list;
}

Window window_from_json(const Json& json, const std::string& where) {
  json_only_keys(json, {"kernel", "stride", "padding", "groups"}, where);
  const auto kernel = ints(json, "kernel", 2, where);
  const auto stride = ints(json, "stride", 2, where);
  const auto padding = ints(json, "padding", 4, where);
  return {kernel[0],  kernel[1],  stride[0],
          stride[1],  padding[0], padding[1],
          padding[2], padding[3], json_get<int>(json, "groups", where)};
}

Json layer_to_json(const Layer& layer) {
  Json json = {{"name", layer.name}, {"op", to_string(layer.op)}, {"inputs", layer.inputs}};
  if (has_window(layer.op)) json["window"] = window_to_json(layer.window);
  if (has_weights(layer.op)) {
    json["out_channels"] = layer.out_channels;
    json["weight_frac"] = layer.weight_frac;
    json["weights"] = layer.weights;
    json["bias_frac"] = layer.bias_frac;
    json["bias"] = layer.bias;
  }
  if (layer.op == Op::table) json["table"] = layer.table;
  if (layer.relu) json["relu"] = true;
  Json output = Json::array();
  for (const Quantizer& q : layer.output) output.push_back(quantizer_to_json(q));
  if (!output.empty()) json["output"] = std::move(output);
  return json;
}

std::vector<std::vector<std::int64_t>> table_from_json(const Json& json, const std::string& where) {
  std::vector<std::vector<std::int64_t>> table;
  for (const Json& entries : json_get<Json>(json, "table", where))
    table.push_back(json_get<std::vector<std::int64_t>>(Json{{"table", entries}}, "table", where));
  return table;
}

Layer layer_from_json(const Json& json, const std::string& where) {
  json_only_keys(json,
                 {"name", "op", "inputs", "window", "out_channels", "weight_frac", "weights", "bias_frac", "bias",
                  "table", "relu", "output"},
                 where);
  Layer layer;
  layer.name = json_get<std::string>(json, "name", where);
  check_name(layer.name, where, "the layer");
  layer.op = parse_op(json_get<std::string>(json, "op", where), where);
  layer.inputs = json_get<std::vector<int>>(json, "inputs", where);
  if (has_window(layer.op)) layer.window = window_from_json(json_get<Json>(json, "window", where), where + " window");
  if (has_weights(layer.op)) {
    layer.out_channels = json_get<int>(json, "out_channels", where);
    layer.weight_frac = json_get<std::vector<int>>(json, "weight_frac", where);
    layer.weights = json_get<std::vector<std::int64_t>>(json, "weights", where);
    layer.bias_frac = json_get<std::vector<int>>(json, "bias_frac", where);
    layer.bias = json_get<std::vector<std::int64_t>>(json, "bias", where);
  }
  if (layer.op == Op::table) layer.table = table_from_json(json, where);
  if (json.contains("relu")) layer.relu = json_get<bool>(json, "relu", where);
  if (json.contains("output")) {
    const auto output = json_get<Json>(json, "output", where);
    if (!output.is_array()) throw Error(where + ": \"output\" must be a list", "", "");
    for (const Json& q : output) layer.output.push_back(quantizer_from_json(q, where + " output"));
  }
  return layer;
}

}  // namespace

std::string to_string(Op op) {
  for (const OpName& entry : op_names)
    if (entry.op == op) return entry.name;
  return "unknown";
}

Op parse_op(const std::string& text, const std::string& where) {
  for (const OpName& entry : op_names)
    if (text == entry.name) return entry.op;
  throw Error(where + ": unknown layer kind \"" + text + "\"", "", "Update Lutra if the file is newer than it");
}

Json network_to_json(const Network& network) {
  Json layers = Json::array();
  for (const Layer& layer : network.layers) layers.push_back(layer_to_json(layer));
  return {{"name", network.name},
          {"input",
           {{"shape", {network.input.channels, network.input.rows, network.input.cols}},
            {"format", to_string(network.input_format)}}},
          {"layers", std::move(layers)},
          {"targets", targets_to_json(network.targets)}};
}

Network network_from_json(const Json& json, const std::string& where) {
  json_only_keys(json, {"name", "input", "layers", "targets"}, where);
  Network network;
  network.name = json_get<std::string>(json, "name", where);
  check_name(network.name, where, "the network");
  const auto input = json_get<Json>(json, "input", where);
  json_only_keys(input, {"shape", "format"}, where + " input");
  const auto shape = ints(input, "shape", 3, where + " input");
  network.input = {shape[0], shape[1], shape[2]};
  network.input_format = parse_format(json_get<std::string>(input, "format", where), where + " input");
  const auto layers = json_get<Json>(json, "layers", where);
  if (!layers.is_array()) throw Error(where + ": \"layers\" must be a list", "", "");
  for (std::size_t i = 0; i < layers.size(); ++i)
    network.layers.push_back(layer_from_json(layers[i], where + " layer " + std::to_string(i)));
  network.targets = targets_from_json(json_get<Json>(json, "targets", where), where);
  try {
    check(network);
  } catch (const Error& e) {
    throw Error(where + " holds an impossible network", e.what(), "");
  }
  return network;
}

void write_network(const std::filesystem::path& path, const Network& network, const Json& config) {
  write_json_artifact(path, network_kind, config, network_to_json(network));
}

NetworkFile read_network(const std::filesystem::path& path) {
  const JsonArtifact artifact = read_json_artifact(path, network_kind);
  return {network_from_json(artifact.body, path.string()), artifact.config};
}

}  // namespace lutra
