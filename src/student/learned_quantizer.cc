#include "student/learned_quantizer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "model/ebops.h"

namespace lutra {
namespace {

constexpr float lowest_weight_bits = -2, highest_weight_bits = 8, highest_activation_bits = 7;
constexpr float weight_limit = 3.75f, bias_limit = 3.75f;
constexpr double ln2 = std::numbers::ln2;

int rounded(float bits) { return static_cast<int>(std::lround(bits)); }

float to_grid(float value, int frac) { return std::ldexp(std::nearbyint(std::ldexp(value, frac)), -frac); }

/// Bits from the leading one of a weight on the grid to the grid's last place, or to its lowest one.
int weight_bits(float on_grid, int frac, bool to_lowest_one) {
  if (to_lowest_one) return effective_bits(std::llround(std::ldexp(on_grid, frac)));
  return on_grid == 0 ? 0 : std::max(1, std::ilogb(on_grid) + 1 + frac);
}

}  // namespace

LearnedQuantizer::LearnedQuantizer(const StudentLayout& layout, const StudentConfig& config)
    : layout_(layout),
      config_(config),
      rounding_(parse_rounding(config.rounding, "student.rounding")),
      output_{config.output_bits, config.output_bits - 2, true},
      cost_(hardware_cost(config.learn.cost)) {
  auto next = static_cast<std::uint32_t>(layout.parameters);
  for (const StudentLayer& layer : layout.layers) {
    const LinearMap& map = layer.map;
    const auto weights = static_cast<std::uint32_t>(map.weights), channels = static_cast<std::uint32_t>(map.channels);
    const std::uint32_t per_group = config.learn.granularity == "weight" || layer.op == Op::max_pool ? 1
                                    : config.learn.granularity == "channel" ? weights / channels
                                                                            : weights;
    Bits bits;
    const auto pixels = static_cast<std::uint32_t>(layer.input.rows * layer.input.cols);
    const bool table = layer.op == Op::table;  // its entries have the precision of its outputs
    for (std::uint32_t w = 0; !table && w < weights; ++w) {
      bits.of_weight.push_back(next + w / per_group);
      const std::uint32_t first = map.by_weight.begin[w], last = map.by_weight.begin[w + 1];
      bits.source.push_back(first < last ? map.by_weight.links[first].a / pixels : 0);
      bits.uses.push_back(last - first);
    }
    if (!table) next += weights / per_group;
    // The last layer has the output's format, a pooling that of its input.
    for (std::uint32_t c = 0; &layer != &layout.layers.back() && c < channels; ++c) bits.of_channel.push_back(next++);
    bits_.push_back(std::move(bits));
  }
  parameters_ = next;
}

void LearnedQuantizer::start_bits(std::span<float> parameters) const {
  for (const Bits& bits : bits_) {
    for (const std::uint32_t i : bits.of_weight) parameters[i] = static_cast<float>(config_.learn.start_weight_bits);
    for (const std::uint32_t i : bits.of_channel)
      parameters[i] = static_cast<float>(config_.learn.start_activation_bits);
  }
}

int LearnedQuantizer::output_frac(std::span<const float> parameters, std::size_t layer, std::size_t channel) const {
  const Bits& bits = bits_[layer];
  return bits.of_channel.empty() ? output_.frac : rounded(parameters[bits.of_channel[channel]]);
}

EffectiveStudent LearnedQuantizer::effective(std::span<const float> parameters) const {
  EffectiveStudent student;
  student.values.resize(layout_.parameters);
  for (std::size_t k = 0; k < layout_.layers.size(); ++k) {
    const StudentLayer& layer = layout_.layers[k];
    if (layer.op == Op::table)
      std::ranges::copy(parameters.subspan(layer.weight, layer.bias - layer.weight),
                        student.values.begin() + static_cast<std::ptrdiff_t>(layer.weight));
    for (std::size_t w = 0; w < bits_[k].of_weight.size(); ++w)
      student.values[layer.weight + w] =
          to_grid(parameters[layer.weight + w], rounded(parameters[bits_[k].of_weight[w]]));
    if (layer.op == Op::max_pool) {
      student.activations.push_back({});
      continue;
    }
    Activation activation;
    activation.rounding = rounding_;
    activation.learns_bits = !bits_[k].of_channel.empty();
    activation.slope_outside = static_cast<float>(config_.slope_outside);
    for (std::size_t c = 0; c < static_cast<std::size_t>(layer.map.channels); ++c) {
      const int frac = output_frac(parameters, k, c);
      // Half of the output's last place decides its rounding; finer biases would only widen the sums.
      student.values[layer.bias + c] = to_grid(parameters[layer.bias + c], frac + 1);
      activation.scale.push_back(std::ldexp(1.0f, frac));
      activation.lo.push_back(activation.learns_bits ? 0 : static_cast<float>(output_.min()));
      activation.hi.push_back(activation.learns_bits ? std::ldexp(1.0f, frac) - 1 : static_cast<float>(output_.max()));
    }
    student.activations.push_back(std::move(activation));
  }
  return student;
}

void LearnedQuantizer::add_gradient(std::span<const float> parameters, const StudentPass& pass,
                                    std::span<float> gradient) const {
  std::vector<float> values(layout_.parameters);
  pass.add_gradient(values);
  for (std::size_t i = 0; i < values.size(); ++i) gradient[i] += values[i];
  for (std::size_t k = 0; k < layout_.layers.size(); ++k) {
    const std::size_t first = layout_.layers[k].weight;
    for (std::size_t w = 0; w < bits_[k].of_weight.size(); ++w) {
      const std::uint32_t i = bits_[k].of_weight[w];
      const float error = parameters[first + w] - to_grid(parameters[first + w], rounded(parameters[i]));
      gradient[i] += static_cast<float>(ln2) * error * values[first + w];
    }
    for (std::size_t c = 0; c < bits_[k].of_channel.size(); ++c)
      gradient[bits_[k].of_channel[c]] += static_cast<float>(ln2) * pass.bit_slope(k, c);
  }
}

void LearnedQuantizer::project(std::span<float> parameters) const {
  for (std::size_t k = 0; k < layout_.layers.size(); ++k) {
    const StudentLayer& layer = layout_.layers[k];
    for (std::size_t i = layer.weight; i < layer.bias; ++i)
      parameters[i] = std::clamp(parameters[i], -weight_limit, weight_limit);
    for (std::size_t c = 0; c < static_cast<std::size_t>(layer.map.channels); ++c)
      parameters[layer.bias + c] = std::clamp(parameters[layer.bias + c], -bias_limit, bias_limit);
    for (const std::uint32_t i : bits_[k].of_weight)
      parameters[i] = std::clamp(parameters[i], lowest_weight_bits, highest_weight_bits);
    for (const std::uint32_t i : bits_[k].of_channel)
      parameters[i] = std::clamp(parameters[i], 0.0f, highest_activation_bits);
  }
}

std::ptrdiff_t LearnedQuantizer::source_layer(std::size_t layer) const {
  auto source = static_cast<std::ptrdiff_t>(layer) - 1;
  while (source >= 0 && layout_.layers[static_cast<std::size_t>(source)].op == Op::max_pool) --source;
  return source;
}

double LearnedQuantizer::input_bits(std::span<const float> parameters, std::size_t layer, std::uint32_t channel) const {
  const std::ptrdiff_t source = source_layer(layer);
  return source < 0 ? layout_.input_format.bits : output_frac(parameters, static_cast<std::size_t>(source), channel);
}

double LearnedQuantizer::pool_cost(std::span<const float> parameters, std::size_t k, double scale,
                                   std::span<float> gradient) const {
  const StudentLayer& layer = layout_.layers[k];
  const std::ptrdiff_t source = source_layer(k);
  double cost = 0;
  for (std::size_t o = 0; o < static_cast<std::size_t>(layer.map.outputs); ++o) {
    const std::uint32_t channel = layer.map.channel_of[o];
    const double per_bit =
        cost_.per_compared_bit * (layer.map.by_output.begin[o + 1] - layer.map.by_output.begin[o] - 1);
    cost += per_bit * input_bits(parameters, k, channel);
    if (!gradient.empty() && source >= 0)
      gradient[bits_[static_cast<std::size_t>(source)].of_channel[channel]] += static_cast<float>(scale * per_bit);
  }
  return cost;
}

double LearnedQuantizer::table_cost(std::span<const float> parameters, std::size_t k, double scale,
                                    std::span<float> gradient) const {
  const StudentLayer& layer = layout_.layers[k];
  const std::size_t groups = layer.cells.group_rows.size();
  double cost = 0;
  for (std::size_t c = 0; c < bits_[k].of_channel.size(); ++c) {
    const int address_bits = layer.cells.group_rows[c % groups] * layout_.input_format.bits;
    const double per_bit = cost_.per_table_lut * layer.shape.cols * std::exp2(std::max(address_bits - 6, 0));
    cost += per_bit * rounded(parameters[bits_[k].of_channel[c]]);
    if (!gradient.empty()) gradient[bits_[k].of_channel[c]] += static_cast<float>(scale * per_bit);
  }
  return cost;
}

double LearnedQuantizer::product_cost(std::span<const float> parameters, std::size_t k, double scale,
                                      std::span<float> gradient) const {
  const Bits& bits = bits_[k];
  const std::ptrdiff_t feeds = source_layer(k);
  double cost = 0;
  for (std::size_t w = 0; w < bits.of_weight.size(); ++w) {
    const int frac = rounded(parameters[bits.of_weight[w]]);
    const double own = weight_bits(to_grid(parameters[layout_.layers[k].weight + w], frac), frac, cost_.to_lowest_one);
    if (own == 0) continue;
    const double input = input_bits(parameters, k, bits.source[w]), product = input > 0 ? cost_.per_product : 0;
    cost += bits.uses[w] * (product + cost_.per_ebop * input * own);
    if (gradient.empty()) continue;
    // A product goes with its last bit: on the way there every bit carries its share.
    gradient[bits.of_weight[w]] += static_cast<float>(scale * bits.uses[w] * (cost_.per_ebop * input + product / own));
    if (feeds >= 0)
      gradient[bits_[static_cast<std::size_t>(feeds)].of_channel[bits.source[w]]] +=
          static_cast<float>(scale * bits.uses[w] * cost_.per_ebop * own);
  }
  return cost;
}

bool LearnedQuantizer::is_constant(std::span<const float> parameters, std::size_t k, std::size_t channel) const {
  const Bits& bits = bits_[k];
  const std::size_t per_channel = bits.of_weight.size() / static_cast<std::size_t>(layout_.layers[k].map.channels);
  for (std::size_t w = channel * per_channel; w < (channel + 1) * per_channel; ++w)
    if (to_grid(parameters[layout_.layers[k].weight + w], rounded(parameters[bits.of_weight[w]])) != 0) return false;
  return true;
}

double LearnedQuantizer::output_cost(std::span<const float> parameters, std::size_t k, double scale,
                                     std::span<float> gradient) const {
  const StudentLayer& layer = layout_.layers[k];
  const auto channels = static_cast<std::size_t>(layer.map.channels);
  const double per_bit = cost_.per_output_bit * layer.map.outputs / static_cast<double>(channels);
  if (per_bit == 0) return 0;
  const std::vector<std::uint32_t>& of_channel = bits_[k].of_channel;
  double cost = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    if (is_constant(parameters, k, c)) continue;
    cost += per_bit * (of_channel.empty() ? output_.bits : rounded(parameters[of_channel[c]]));
    if (!gradient.empty() && !of_channel.empty()) gradient[of_channel[c]] += static_cast<float>(scale * per_bit);
  }
  return cost;
}

double LearnedQuantizer::cost(std::span<const float> parameters, double scale, std::span<float> gradient) const {
  double cost = 0;
  for (std::size_t k = 0; k < layout_.layers.size(); ++k) {
    const Op op = layout_.layers[k].op;
    if (op == Op::table)
      cost += table_cost(parameters, k, scale, gradient);
    else if (op == Op::max_pool)
      cost += pool_cost(parameters, k, scale, gradient);
    else
      cost += product_cost(parameters, k, scale, gradient) + output_cost(parameters, k, scale, gradient);
  }
  return cost;
}

std::vector<float> LearnedQuantizer::learning_rates(double factor, std::size_t all_parameters) const {
  std::vector<float> scale(all_parameters, 1);
  for (std::size_t i = layout_.parameters; i < parameters_; ++i) scale[i] = static_cast<float>(factor);
  return scale;
}

std::vector<float> LearnedQuantizer::frozen_rates(std::span<const float> parameters) const {
  std::vector<float> scale = learning_rates(0, parameters.size());
  const EffectiveStudent student = effective(parameters);
  for (const StudentLayer& layer : layout_.layers)
    for (std::size_t i = layer.weight; i < layer.bias; ++i)
      scale[i] = layer.op != Op::table && student.values[i] == 0 ? 0 : 1;
  return scale;
}

Layer LearnedQuantizer::export_layer(std::span<const float> parameters, std::size_t k) const {
  const EffectiveStudent student = effective(parameters);
  const StudentLayer& from = layout_.layers[k];
  Layer layer = empty_layer(from);
  const std::size_t channels = static_cast<std::size_t>(from.map.channels),
                    per_channel = layer.weights.size() / channels;
  for (std::size_t c = 0; c < channels; ++c) {
    const int frac = output_frac(parameters, k, c);
    const bool silent = frac == 0 && !bits_[k].of_channel.empty();  // always 0: has neither weights nor bias
    layer.output.push_back({silent                        ? Format{1, 1, false}
                            : bits_[k].of_channel.empty() ? output_
                                                          : Format{frac, frac, false},
                            rounding_, Overflow::saturate});
    layer.bias_frac.push_back(frac + 1);
    layer.bias.push_back(silent ? 0 : std::llround(std::ldexp(student.values[from.bias + c], frac + 1)));
    int finest = 0;
    for (std::size_t i = 0; i < per_channel; ++i)
      finest = std::max(finest, rounded(parameters[bits_[k].of_weight[c * per_channel + i]]));
    layer.weight_frac.push_back(finest);
    for (std::size_t i = c * per_channel; i < (c + 1) * per_channel; ++i)
      layer.weights[i] = silent ? 0 : std::llround(std::ldexp(student.values[from.weight + i], finest));
  }
  return layer;
}

Layer LearnedQuantizer::export_table(std::span<const float> parameters, std::size_t k) const {
  const EffectiveStudent student = effective(parameters);
  const StudentLayer& from = layout_.layers[k];
  const std::size_t groups = from.cells.group_rows.size();
  const int input_bits = layout_.input_format.bits;
  Layer layer = empty_layer(from);
  layer.weights.clear();
  layer.out_channels = 0;
  std::size_t weight = from.weight;
  for (std::size_t c = 0; c < static_cast<std::size_t>(from.map.channels); ++c) {
    const int frac = output_frac(parameters, k, c);
    const Quantizer output{frac == 0 ? Format{1, 1, false} : Format{frac, frac, false}, rounding_, Overflow::saturate};
    std::vector<std::int64_t> table;
    for (std::uint32_t a = 0; a < 1u << (from.cells.group_rows[c % groups] * input_bits); ++a) {
      const int state = state_of_address(from.cells, c % groups, input_bits, a);
      float sum = student.values[from.bias + c];
      if (state > 0) sum += student.values[weight + static_cast<std::size_t>(state - 1)];
      table.push_back(frac == 0 ? 0 : quantize_real(sum, output));
    }
    weight += static_cast<std::size_t>(from.cells.states(c % groups));
    layer.output.push_back(output);
    layer.table.insert(layer.table.end(), static_cast<std::size_t>(from.shape.cols), table);
  }
  return layer;
}

Network LearnedQuantizer::export_network(std::span<const float> parameters) const {
  std::vector<Layer> layers;
  for (std::size_t k = 0; k < layout_.layers.size(); ++k)
    layers.push_back(layout_.layers[k].op == Op::max_pool ? empty_layer(layout_.layers[k])
                     : layout_.layers[k].op == Op::table  ? export_table(parameters, k)
                                                          : export_layer(parameters, k));
  Network network = chain_layers(layout_, std::move(layers));
  check_float_exact(network);
  return network;
}

}  // namespace lutra
