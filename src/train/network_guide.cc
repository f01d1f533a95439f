#include "train/network_guide.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/error.h"
#include "model/evaluate.h"

namespace lutra {
namespace {

/// A quantizer that changes nothing: the whole accumulator of each channel.
std::vector<Quantizer> exact_quantizers(const Network& network, const std::vector<LayerInfo>& info, std::size_t index) {
  const Layer& layer = network.layers[index];
  const int source = layer.inputs[0];
  int frac = network.input_format.frac;
  if (source != network_input) {
    const auto& formats = info[static_cast<std::size_t>(source)].formats;
    frac = std::ranges::max(formats, {}, &Format::frac).frac;
  }
  std::vector<Quantizer> exact;
  for (std::size_t c = 0; c < static_cast<std::size_t>(layer.out_channels); ++c)
    exact.push_back({{info[index].acc_bits + 1, std::max(layer.bias_frac[c], layer.weight_frac[c] + frac), true},
                     Rounding::down,
                     Overflow::saturate});
  return exact;
}

int append(Network& network, Op op, const std::string& name, std::vector<int> inputs) {
  Layer layer;
  layer.name = name;
  layer.op = op;
  layer.inputs = std::move(inputs);
  network.layers.push_back(std::move(layer));
  return static_cast<int>(network.layers.size()) - 1;
}

/// Where the positions of a layer's map are, from where those of its (first) input are.
GuideLayer place(const Layer& layer, const Shape& shape, GuideLayer from) {
  if (layer.op == Op::conv || layer.op == Op::max_pool || layer.op == Op::avg_pool) {
    from.first_row += from.row_step * ((layer.window.kernel_rows - 1) / 2.0 - layer.window.pad_top);
    from.first_col += from.col_step * ((layer.window.kernel_cols - 1) / 2.0 - layer.window.pad_left);
    from.row_step *= layer.window.stride_rows;
    from.col_step *= layer.window.stride_cols;
  }
  from.shape = shape;
  return from;
}

}  // namespace

bool is_classifier(const Network& network) { return !network.layers.empty() && network.layers.back().op == Op::argmax; }

namespace {

/// Scores that a classifier takes the largest of; an imported one may take it of its inputs.
std::size_t scores_of(const Network& network) {
  const std::vector<LayerInfo> layers = check(network);
  const int scores = network.layers.back().inputs[0];
  if (scores == network_input) return static_cast<std::size_t>(network.input.size());
  return layers[static_cast<std::size_t>(scores)].formats.size();
}

}  // namespace

void check_fits(const Network& network, const Dataset& data) {
  // An imported network may have its inputs as channels.
  const bool same_input =
      network.input.size() == static_cast<int>(data.input_size()) && network.input_format == data.input_format;
  if (!same_input)
    throw Error("this network cannot read this data set",
                "it expects " + std::to_string(network.input.size()) + " inputs of format " +
                    to_string(network.input_format) + ", the data has " + std::to_string(data.input_size()) + " of " +
                    to_string(data.input_format),
                "Make the data as for the network's training");
  if (is_classifier(network)) {
    const std::size_t classes = scores_of(network);
    if (classes == data.targets.size()) return;
    throw Error("this network tells " + std::to_string(classes) + " classes",
                "the data set has " + std::to_string(data.targets.size()) + " targets", "Use data of the same classes");
  }
  const bool known = !network.targets.empty() && std::ranges::all_of(network.targets, [&](const Target& target) {
    return std::ranges::find(data.targets, target) != data.targets.end();
  });
  if (!known)
    throw Error("this network predicts other quantities than the data set holds", "their targets differ",
                "Use data made with the same study");
}

NetworkGuide::NetworkGuide(Network network) : network_(std::move(network)) {
  check(network_);
  const std::size_t after = is_classifier(network_) ? 2 : 1;  // the layers that give the outputs
  for (std::size_t n = 0; n + after < network_.layers.size(); ++n)
    if (network_.layers[n].op == Op::conv || network_.layers[n].op == Op::dense) hinted_.push_back(n);
}

void NetworkGuide::check_fits(const Dataset& data) const {
  lutra::check_fits(network_, data);
  if (network_.input != Shape{1, data.rows, data.cols})
    throw Error("this network cannot guide a student on this data set", "its input is another map", "");
  if (!is_classifier(network_) && network_.targets != data.targets)
    throw Error("this network cannot teach all that the data set asks for", "it predicts a part of the targets",
                "Use a network trained with task.outputs = \"all\"");
}

std::vector<GuideLayer> NetworkGuide::layers() const {
  const std::vector<LayerInfo> info = check(network_);
  std::vector<GuideLayer> all, layers;
  std::map<Op, int> number;
  for (std::size_t n = 0; n < network_.layers.size(); ++n) {
    const Layer& layer = network_.layers[n];
    const int source = layer.inputs[0];
    all.push_back(
        place(layer, info[n].shape, source == network_input ? GuideLayer{} : all[static_cast<std::size_t>(source)]));
    all.back().name = to_string(layer.op) + std::to_string(++number[layer.op]);
  }
  for (const std::size_t n : hinted_) layers.push_back(all[n]);
  return layers;
}

Network with_sums(const Network& network, std::span<const std::size_t> layers) {
  const std::vector<LayerInfo> info = check(network);
  Network probe{network.name, network.input, network.input_format, {}, {}};
  std::vector<int> now_at;
  std::map<std::size_t, int> sums;
  for (std::size_t n = 0; n < network.layers.size(); ++n) {
    Layer layer = network.layers[n];
    for (int& source : layer.inputs)
      if (source != network_input) source = now_at[static_cast<std::size_t>(source)];
    const bool wanted = std::ranges::find(layers, n) != layers.end();
    if (wanted) {
      layer.relu = false;
      layer.output = exact_quantizers(network, info, n);
    }
    probe.layers.push_back(std::move(layer));
    now_at.push_back(static_cast<int>(probe.layers.size()) - 1);
    if (!wanted) continue;
    sums[n] = now_at.back();
    now_at.back() = append(probe, Op::activation, network.layers[n].name + "_quantized", {sums[n]});
    probe.layers.back().relu = network.layers[n].relu;
    probe.layers.back().output = network.layers[n].output;
  }
  std::vector<int> joined;
  for (const std::size_t n : layers)
    joined.push_back(append(probe, Op::flatten, "sums_" + std::to_string(joined.size()), {sums.at(n)}));
  const std::size_t last =
      is_classifier(network) ? static_cast<std::size_t>(network.layers.back().inputs[0]) : network.layers.size() - 1;
  joined.push_back(append(probe, Op::flatten, "outputs", {now_at[last]}));
  append(probe, Op::concat, "sums_and_outputs", joined);
  return probe;
}

Guide::Ask NetworkGuide::prepare(const Dataset& data, std::span<const std::size_t> wanted) const {
  std::vector<std::size_t> layers, sizes;
  const std::vector<GuideLayer> all = this->layers();
  for (const std::size_t k : wanted) {
    layers.push_back(hinted_[k]);
    sizes.push_back(static_cast<std::size_t>(all[k].shape.size()));
  }
  const auto evaluator = std::make_shared<const Evaluator>(with_sums(network_, layers));
  return [&data, evaluator, sizes, formats = evaluator->output_formats()](std::span<const std::uint32_t> events) {
    std::vector<std::int16_t> inputs;
    for (const std::uint32_t e : events) inputs.insert(inputs.end(), data.input(e).begin(), data.input(e).end());
    const std::vector<std::int64_t> integers = evaluator->evaluate(inputs);
    GuideAnswer answer;
    answer.maps.resize(sizes.size());
    for (std::size_t e = 0, at = 0; e < events.size(); ++e) {
      std::size_t o = 0;
      const auto take = [&](std::size_t count, std::vector<float>& to) {
        for (; count > 0; --count, ++o) to.push_back(static_cast<float>(to_real(integers[at++], formats[o].frac)));
      };
      for (std::size_t h = 0; h < sizes.size(); ++h) take(sizes[h], answer.maps[h]);
      take(formats.size() - o, answer.output);
    }
    return answer;
  };
}

std::string NetworkGuide::fingerprint() const { return json_text(network_to_json(network_)); }

}  // namespace lutra
