#include "onnx/output.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "onnx/linear.h"
#include "onnx/settle.h"

namespace lutra::onnx {
namespace {

/// Removes layers that the layer `output` does not read; it becomes the last.
void keep_needed_layers(Network& network, int output) {
  std::vector<bool> needed(network.layers.size(), false);
  needed[static_cast<std::size_t>(output)] = true;
  for (std::size_t i = static_cast<std::size_t>(output) + 1; i-- > 0;)
    if (needed[i])
      for (const int source : network.layers[i].inputs)
        if (source != network_input) needed[static_cast<std::size_t>(source)] = true;
  std::vector<int> moved(network.layers.size(), network_input);
  std::vector<Layer> kept;
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (!needed[i]) continue;
    moved[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(network.layers[i]));
    for (int& source : kept.back().inputs)
      if (source != network_input) source = moved[static_cast<std::size_t>(source)];
  }
  network.layers = std::move(kept);
}

/// A last layer that turns signs, so that scales are positive.
Signal turned(Builder& builder, Signal s) {
  ScaleLayer scale;
  for (std::size_t c = 0; c < s.channels(); ++c) {
    const bool turn = direction(s.steps, c) < 0;
    if (turn) s.zero[c] = -s.zero[c];
    scale.multiplier.push_back(turn ? -1 : 1);
    scale.multiplier_frac.push_back(0);
    scale.bias.push_back(0);
    scale.bias_frac.push_back(s.format[c].frac);
    if (turn) s.range[c] = {-s.range[c].hi, -s.range[c].lo};
    s.format[c] = smallest_format(s.range[c], s.format[c].frac);
    scale.output.push_back({s.format[c]});
  }
  const std::vector<std::int64_t> signs = scale.multiplier;
  s.layer = add_scale(builder, s, std::move(scale), "output_sign");
  Step back;
  back.kind = Step::Kind::multiply;
  for (const std::int64_t sign : signs) back.a.push_back(static_cast<double>(sign));
  s.steps.insert(s.steps.begin(), back);
  return s;
}

/// Zero points of the layers before belong into the last layer's bias, so that its integers can be compared.
Signal with_bias(Builder& builder, const Signal& s) {
  constexpr int more_bits = 4;
  Signal out = s;
  if (!s.own || s.layer == network_input) return s;
  Layer& layer = builder.network.layers[static_cast<std::size_t>(s.layer)];
  std::vector<Quantizer> output;
  for (std::size_t c = 0; c < s.channels(); ++c) {
    int frac = s.format[c].frac;
    while (frac < s.format[c].frac + more_bits && std::fmod(std::ldexp(s.zero[c], frac), 1) != 0) ++frac;
    const double bias = std::ldexp(s.zero[c], frac);
    if (std::fmod(bias, 1) != 0 || std::abs(bias) > 0x1p40) return s;
    const auto integer = static_cast<std::int64_t>(bias);
    layer.bias[c] = integer;
    layer.bias_frac[c] = frac;
    out.range[c] = shift_left(s.range[c], frac - s.format[c].frac) + Interval{integer, integer};
    out.format[c] = smallest_format(out.range[c], frac);
    out.zero[c] = 0;
    output.push_back({out.format[c]});
  }
  layer.output = output;
  return out;
}

std::vector<Target> targets_of(const Signal& s) {
  std::vector<Target> targets;
  const int cells = s.shape.rows * s.shape.cols;
  for (int i = 0; i < s.shape.size(); ++i) {
    const auto c = static_cast<std::size_t>(i / cells);
    targets.push_back({"output" + std::to_string(i), "", s.scale[c] * s.zero[c], s.scale[c] * (s.zero[c] + 1), 0});
  }
  return targets;
}

}  // namespace

std::string output_name(const Graph& graph) {
  if (graph.outputs.size() == 1) return graph.outputs[0].name;
  if (graph.outputs.size() == 2)
    for (const Node& node : graph.nodes)
      if (node.type == "TopK" && node.outputs.size() == 2 && node.outputs[1] == graph.outputs[1].name)
        return node.outputs[1];
  throw Error("the graph has " + std::to_string(graph.outputs.size()) + " outputs", "one is needed",
              "Join them to one tensor (Concat) before export");
}

void keep_needed_nodes(Graph& graph, const std::string& output) {
  std::set<std::string> needed = {output};
  std::vector<Node> kept;
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    if (std::none_of(node->outputs.begin(), node->outputs.end(),
                     [&](const std::string& o) { return needed.contains(o); }))
      continue;
    needed.insert(node->inputs.begin(), node->inputs.end());
    kept.push_back(std::move(*node));
  }
  std::reverse(kept.begin(), kept.end());
  graph.nodes = std::move(kept);
}

void finish_output(Builder& builder, const Signal& signal) {
  Signal s = with_bias(builder, signal);
  bool falling = false;
  for (std::size_t c = 0; c < s.channels(); ++c) falling = falling || direction(s.steps, c) < 0;
  if (falling) s = turned(builder, s);
  s = settle(builder, s, "output");
  if (s.layer == network_input) {
    Layer identity;
    identity.op = Op::flatten;
    identity.inputs = {network_input};
    s.layer = builder.add(std::move(identity), "output");
  }
  keep_needed_layers(builder.network, s.layer);
  const auto plain = [](const Signal& x) {
    return std::all_of(x.scale.begin(), x.scale.end(), [](double v) { return v == 1; }) &&
           std::all_of(x.zero.begin(), x.zero.end(), [](double v) { return v == 0; });
  };
  if (!plain(s)) builder.network.targets = targets_of(s);
}

}  // namespace lutra::onnx
